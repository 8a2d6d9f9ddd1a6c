using System.Text.Json;
using Azure;

namespace CogRecover.Core.Arm;

/// <summary>What Azure Resource Manager said of a request that it refused, or of an operation that failed.</summary>
internal sealed record ArmError(string? Code, string? Message, string? RequestId, string? CorrelationRequestId)
{
    public static ArmError Of(RequestFailedException refusal)
    {
        Response? response = refusal.GetRawResponse();
        (string? code, string? message) = Read(response);
        return new(
            code ?? refusal.ErrorCode,
            message,
            Header(response, "x-ms-request-id"),
            Header(response, "x-ms-correlation-request-id"));
    }

    /// <summary>The service's words and code, as far as it gave any.</summary>
    public override string ToString() => (Message, Code) switch
    {
        ({ } message, { } code) => $"{message.TrimEnd('.')} ({code}).",
        (null, { } code) => $"{code}.",
        _ => "the service gave no reason.",
    };

    private static (string? Code, string? Message) Read(Response? response)
    {
        if (response?.ContentStream is null) return default;
        try
        {
            using var body = JsonDocument.Parse(response.Content);
            JsonElement error = body.RootElement.Child("error");
            return (error.Text("code"), error.Text("message"));
        }
        catch (JsonException)
        {
            // A proxy's page, or nothing: the status alone has to speak.
            return default;
        }
    }

    private static string? Header(Response? response, string name) =>
        response is not null && response.Headers.TryGetValue(name, out string? value) ? value : null;
}
