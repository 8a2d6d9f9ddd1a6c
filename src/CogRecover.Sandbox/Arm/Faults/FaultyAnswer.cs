using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Service;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace CogRecover.Sandbox.Arm.Faults;

/// <summary>Gives an answer with a fault.</summary>
/// <param name="http">The request.</param>
/// <param name="fault">The fault.</param>
/// <param name="right">The body of the answer without it; empty where that doesn't matter.</param>
internal sealed class FaultyAnswer(HttpContext http, Fault fault, byte[] right)
{
    private const string Page = "<html><body><h1>The proxy has nothing to say</h1></body></html>";

    private CancellationToken Aborted => http.RequestAborted;

    public Task GiveAsync()
    {
        // Last, as ARM's own are set meanwhile.
        http.Response.OnStarting(() =>
        {
            foreach (var (name, value) in fault.Headers) http.Response.Headers[name] = value;
            return Task.CompletedTask;
        });
        return AnswerAsync();
    }

    private Task AnswerAsync() => fault.Kind switch
    {
        FaultKind.Status => StatusAsync(),
        FaultKind.Reset => ResetAsync(),
        FaultKind.ResetInHeader => ResetInHeaderAsync(),
        FaultKind.ResetInBody => ResetInBodyAsync(),
        FaultKind.Silence => Task.Delay(Timeout.Infinite, Aborted),
        FaultKind.SilenceInBody => SilenceInBodyAsync(),
        FaultKind.Trickle => TrickleAsync(),
        FaultKind.Truncated => WriteAsync(right.AsMemory(0, right.Length / 2)),
        FaultKind.Empty => WriteAsync(default),
        FaultKind.NotJson => WriteAsync(Encoding.UTF8.GetBytes(Page), "text/html"),
        FaultKind.Nested => WriteAsync(Nested()),
        FaultKind.Large => LargeAsync(),
        FaultKind.ContentType => WriteAsync(right, "image/png"),
        FaultKind.Utf16 => WriteAsync(Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(right))),
        FaultKind.Encoding => EncodingAsync(),
        FaultKind.Redirect => RedirectAsync(),
        FaultKind.Edit => WriteAsync(Edited()),
        FaultKind.Operation => OperationAsync(),
        _ => throw new InvalidOperationException($"{fault.Kind} isn't known."),
    };

    private Task WriteAsync(ReadOnlyMemory<byte> body, string? contentType = null)
    {
        if (contentType is not null) http.Response.ContentType = contentType;
        return http.Response.Body.WriteAsync(body, Aborted).AsTask();
    }

    private async Task StatusAsync()
    {
        Forget();
        http.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } wait) http.Response.Headers.RetryAfter = RetryAfter(wait);
        if (fault.Bytes is { } bytes) await WriteAsync(bytes, "application/json");
        else if (fault.Body is { } body) await WriteAsync(Encoding.UTF8.GetBytes(body), "application/json");
        else if (fault.Code is { } code) await http.WriteAsync(new ArmException(fault.Status, code, "A fault was set."));
        else if (fault.Status != 204) await WriteAsync(Encoding.UTF8.GetBytes(Page), "text/html");
    }

    private static string RetryAfter(string wait) => wait.StartsWith("date:", StringComparison.Ordinal)
        ? DateTimeOffset.UtcNow.AddSeconds(double.Parse(wait.AsSpan(5), CultureInfo.InvariantCulture)).ToString("r")
        : wait;

    private Task ResetAsync()
    {
        http.Abort();
        return Task.CompletedTask;
    }

    private async Task ResetInHeaderAsync()
    {
        // The response of the server can't do that: it goes to the connection itself.
        var connection = http.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: applica"u8.ToArray(), Aborted);
        await connection.FlushAsync(Aborted);
        await Task.Delay(20, Aborted);
        http.Abort();
    }

    private async Task ResetInBodyAsync()
    {
        await BeginAsync();
        await Task.Delay(20, Aborted);
        http.Abort();
    }

    private async Task SilenceInBodyAsync()
    {
        await BeginAsync();
        await Task.Delay(Timeout.Infinite, Aborted);
    }

    private async Task BeginAsync()
    {
        await http.Response.Body.WriteAsync(right.AsMemory(0, right.Length / 2), Aborted);
        await http.Response.Body.FlushAsync(Aborted);
    }

    private async Task TrickleAsync()
    {
        // In some hundred steps, so that it ends in the time of a test.
        foreach (var part in right.Chunk(Math.Max(1, right.Length / 200)))
        {
            await http.Response.Body.WriteAsync(part, Aborted);
            await http.Response.Body.FlushAsync(Aborted);
            await Task.Delay(5, Aborted);
        }
    }

    private byte[] Nested() => Encoding.UTF8.GetBytes(
        new StringBuilder("{\"value\":").Insert(9, "[", fault.Size).Append(']', fault.Size).Append('}').ToString());

    private async Task LargeAsync()
    {
        var blanks = new byte[1 << 20];
        blanks.AsSpan().Fill((byte)' ');
        for (var written = 0; written < fault.Size; written++) await http.Response.Body.WriteAsync(blanks, Aborted);
        await WriteAsync(right);
    }

    private Task EncodingAsync()
    {
        http.Response.Headers.ContentEncoding = "gzip";
        return WriteAsync(right);
    }

    private Task RedirectAsync()
    {
        Forget();
        return http.EndAsync(302, fault.Location);
    }

    private byte[] Edited()
    {
        if (right.Length == 0 || JsonNode.Parse(right) is not { } body) return right;
        foreach (var (pointer, value) in fault.Edits) Edit(body, pointer.Split('/').AsSpan(1), value);
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static void Edit(JsonNode? node, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path is ["*", .. var rest] && node is JsonArray entries)
            foreach (var entry in entries) Edit(entry, rest, value);
        else if (node is JsonObject parent && path is [var last])
            parent[last] = value?.DeepClone();
        else if (node is JsonObject owner && path is [var name, .. var deeper])
            Edit(owner[name], deeper, value);
    }

    private Task OperationAsync()
    {
        Forget();
        var ended = fault.State is "Succeeded" or "Failed" or "Canceled";
        var error = fault.State is "Failed" or "Canceled"
            ? new
            {
                Code = fault.Code ?? $"Operation{fault.State}",
                Message = $"The operation was set to end {fault.State}.",
            }
            : null;
        var asLocation = http.Request.QueryString.Value?.Contains(
            ArmOperation.AsLocation, StringComparison.OrdinalIgnoreCase) == true;
        if (!asLocation || ended)
            return http.WriteAsync(asLocation ? 400 : 200, new { Status = fault.State, error });
        return http.EndAsync(202, http.BaseUri() + http.RawTarget());
    }

    /// <summary>Forgets what the right answer has set.</summary>
    private void Forget()
    {
        http.Response.StatusCode = 200;
        http.Response.Headers.Remove("azure-asyncoperation");
        http.Response.Headers.Location = default;
    }
}
