using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace CogRecover.Sandbox.Arm;

/// <summary>Reads what ARM is asked, and writes what it answers.</summary>
internal static class ArmHttp
{
    private const int FlushAt = 64 * 1024;

    public static string Route(this HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

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

    public static Task WriteAsync(this HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, ArmJson.WriterOptions)) write(json);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = buffer.WrittenCount;
        return http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted).AsTask();
    }

    public static Task WriteAsync(this HttpContext http, ArmException error)
    {
        if (error.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return http.WriteAsync(error.Status, json => json.WriteObject(null, () =>
        {
            if (error.IsBare) json.WriteError(error);
            else json.WriteObject("error", () => json.WriteError(error));
        }));
    }

    /// <summary>Writes one page, as it comes: a page can be larger than anyone wants in memory.</summary>
    public static async Task WritePageAsync<T>(
        this HttpContext http, IEnumerable<T> all, int pageSize, Action<Utf8JsonWriter, T> write)
        where T : ISequenced
    {
        var after = SkipToken(http);
        var page = all.Where(one => one.Sequence > after).Take(pageSize + 1).ToList();
        var nextLink = page.Count > pageSize ? NextLink(http, page[pageSize - 1].Sequence) : null;
        http.Response.ContentType = "application/json; charset=utf-8";
        using var json = new Utf8JsonWriter(http.Response.BodyWriter, ArmJson.WriterOptions);
        json.WriteStartObject();
        json.WriteStartArray("value");
        foreach (var one in page.Take(pageSize))
        {
            write(json, one);
            if (json.BytesPending < FlushAt) continue;
            json.Flush();
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }

        json.WriteEndArray();
        if (nextLink is not null) json.WriteString("nextLink", nextLink);
        json.WriteEndObject();
        json.Flush();
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
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
        var link = new StringBuilder(http.BaseUri()).Append(http.RawTarget().Split('?')[0]);
        var separator = '?';
        foreach (var (name, values) in http.Request.Query)
        {
            if (name == "$skiptoken") continue;
            link.Append(separator).Append(Uri.EscapeDataString(name)).Append('=')
                .Append(Uri.EscapeDataString(values.ToString()));
            separator = '&';
        }

        return link.Append(separator).Append("%24skiptoken=")
            .Append(Uri.EscapeDataString(Convert.ToBase64String(BitConverter.GetBytes(after)))).ToString();
    }
}
