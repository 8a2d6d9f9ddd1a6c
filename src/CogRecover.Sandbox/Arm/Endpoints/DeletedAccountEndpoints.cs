using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>Soft-deleted accounts.</summary>
internal sealed class DeletedAccountEndpoints(ArmState state, AccountLifecycle lifecycle, SimulatedArmOptions options)
{
    private const string Provider = "/subscriptions/{subscription}/providers/Microsoft.CognitiveServices";

    private const string One = Provider + "/locations/{location}/resourceGroups/{group}/deletedAccounts/{name}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapArm("GET", Provider + "/deletedAccounts", ArmType.DeletedAccounts, ListAsync);
        routes.MapArm("GET", One, ArmType.DeletedAccount, GetAsync);
        routes.MapArm("DELETE", One, ArmType.DeletedAccount, PurgeAsync);
    }

    private Task ListAsync(HttpContext http) => http.WritePageAsync(
        state.DeletedIn(http.Route("subscription")), options.PageSize, AccountJson.Document);

    private Task GetAsync(HttpContext http) =>
        http.WriteAsync(200, AccountJson.Document(lifecycle.GetDeleted(http.Key(), http.Route("location"))));

    private Task PurgeAsync(HttpContext http)
    {
        if (lifecycle.Purge(http.Key(), http.Route("location"), http.CorrelationId()) is not { } operation)
            return http.EndAsync(204);
        var uri = OperationEndpoints.Uri(http, operation, System.Uri.EscapeDataString(operation.Location));
        http.Response.Headers["azure-asyncoperation"] = uri;
        return http.EndAsync(202, $"{uri}&{ArmOperation.AsLocation}");
    }
}
