using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;
using Microsoft.AspNetCore.Http.Features;

namespace CogRecover.Sandbox.Arm.Http;

/// <summary>Reads what ARM is asked, and writes what it answers.</summary>
internal static class ArmHttp
{
    private const int FlushAt = 64 * 1024;

    public static string Route(this HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>The resource group in the path; null: the request is for a whole subscription.</summary>
    /// <exception cref="ArmException">404: the group isn't there.</exception>
    public static string? Group(this HttpContext http, ArmState state)
    {
        var group = http.Request.RouteValues["group"] as string;
        return group is null || state.HasResourceGroup(group, http.Route("subscription"))
            ? group
            : throw ArmException.ResourceGroupNotFound(group);
    }

    public static AccountKey GroupKey(this HttpContext http) => new(http.Route("subscription"), http.Route("group"));

    public static AccountKey Key(this HttpContext http) => http.GroupKey() with { Name = http.Route("name") };

    public static string ApiVersion(this HttpContext http) => http.Request.Query["api-version"].ToString();

    /// <summary>What ties the events of a request together.</summary>
    public static string CorrelationId(this HttpContext http) =>
        http.Response.Headers["x-ms-correlation-request-id"].ToString();

    public static string BaseUri(this HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    public static string RawTarget(this HttpContext http) =>
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <summary>The body as an object, whose names are found in any case, as ARM finds them.</summary>
    public static async Task<JsonObject> ReadObjectAsync(this HttpContext http)
    {
        try
        {
            var body = await JsonNode.ParseAsync(
                http.Request.Body,
                new JsonNodeOptions { PropertyNameCaseInsensitive = true },
                new JsonDocumentOptions { AllowDuplicateProperties = false },
                http.RequestAborted);
            return body as JsonObject ?? throw ArmException.InvalidContent("An object is expected");
        }
        catch (JsonException e)
        {
            throw ArmException.InvalidContent(e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Answers without a body.</summary>
    public static Task EndAsync(this HttpContext http, int status, string? location = null)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    public static Task WriteAsync(this HttpContext http, int status, object document)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(document, ArmJson.Options);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    public static Task WriteAsync(this HttpContext http, ArmException error)
    {
        if (error.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return http.WriteAsync(error.Status, error.IsBare ? error.Document() : new { Error = error.Document() });
    }

    /// <summary>Writes one page, as it comes: a page can be larger than anyone wants in memory.</summary>
    public static async Task WritePageAsync<T>(
        this HttpContext http, IEnumerable<T> all, int pageSize, Func<T, object> document)
        where T : ISequenced
    {
        var after = SkipToken(http);
        var page = all.Where(one => one.Sequence > after).Take(pageSize + 1).ToList();
        http.Response.ContentType = "application/json; charset=utf-8";
        var body = http.Response.BodyWriter;
        using var json = new Utf8JsonWriter(body, new() { Encoder = ArmJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteStartArray("value");
        foreach (var one in page.Take(pageSize))
        {
            JsonSerializer.Serialize(json, document(one), ArmJson.Options);
            if (body.UnflushedBytes >= FlushAt) await body.FlushAsync(http.RequestAborted);
        }

        json.WriteEndArray();
        if (page.Count > pageSize) json.WriteString("nextLink", NextLink(http, page[pageSize - 1].Sequence));
        json.WriteEndObject();
        json.Flush();
        await body.FlushAsync(http.RequestAborted);
    }

    private static long SkipToken(HttpContext http)
    {
        var token = http.Request.Query["$skiptoken"].ToString();
        if (token.Length == 0) return 0;
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        return Convert.TryFromBase64String(token, bytes, out var length) && length == sizeof(long)
            ? BitConverter.ToInt64(bytes)
            : throw new ArmException(400, "InvalidSkipToken", $"The skip token '{token}' is invalid.");
    }

    private static string NextLink(HttpContext http, long after)
    {
        var query = http.Request.Query
            .Where(one => one.Key != "$skiptoken")
            .Append(new("$skiptoken", Convert.ToBase64String(BitConverter.GetBytes(after))))
            .Select(one => $"{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(one.Value.ToString())}");
        return $"{http.BaseUri()}{http.RawTarget().Split('?')[0]}?{string.Join('&', query)}";
    }
}
