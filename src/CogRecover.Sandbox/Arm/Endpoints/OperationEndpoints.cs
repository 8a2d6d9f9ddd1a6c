using System.Buffers.Text;
using System.Security.Cryptography;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>Long-running operations of accounts, in both forms in which they are polled.</summary>
internal sealed class OperationEndpoints(ArmState state, ArmOperations operations)
{
    private const string Locations = "/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/locations";

    public void Map(IEndpointRouteBuilder routes) => routes.MapArm(
        "GET",
        Locations + "/{location}/operationResults/{operation}",
        ArmType.OperationResults,
        PollAsync);

    /// <summary>
    /// Where it is polled, signed at length as ARM does since 2024. ARM escapes the location in some answers and not in
    /// others.
    /// </summary>
    public static string Uri(HttpContext http, ArmOperation operation, string location) =>
        $"{http.BaseUri()}{Id(operation, location)}?api-version=2017-04-18"
        + $"&t={operation.StartTime.UtcTicks}&c={Opaque(2400)}&s={Opaque(256)}&h={Opaque(32)}";

    private static string Opaque(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    private static string Id(ArmOperation operation, string location) =>
        $"/subscriptions/{operation.SubscriptionId}/providers/Microsoft.CognitiveServices/locations/{location}" +
        $"/operationResults/{operation.Id}";

    private Task PollAsync(HttpContext http)
    {
        var operation = operations.Find(http.Route("operation"));
        var running = operation.EndTime > state.Now;
        var responseType = http.Request.Query["operationResultResponseType"].ToString();
        if (responseType.Is("Location"))
            return running ? http.EndAsync(202, http.BaseUri() + http.RawTarget()) : http.EndAsync(200);
        return http.WriteAsync(200, new
        {
            Id = Id(operation, operation.Location),
            Name = operation.Id,
            Status = running ? operation.RunningStatus : operation.Error is null ? "Succeeded" : "Failed",
            StartTime = ArmJson.Seconds(operation.StartTime),
            EndTime = running ? null : ArmJson.Seconds(operation.EndTime),
            Error = running ? null : operation.Error?.Document(),
        });
    }
}
