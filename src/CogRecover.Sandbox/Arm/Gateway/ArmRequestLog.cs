using CogRecover.Sandbox.Arm.Http;

namespace CogRecover.Sandbox.Arm.Gateway;

/// <summary>The requests that a simulator got, in order of arrival.</summary>
internal sealed class ArmRequestLog
{
    /// <summary>Where it is read from outside, and cleared.</summary>
    internal const string Path = "/_sandbox/requests";

    private readonly List<Entry> entries = [];

    public IReadOnlyList<ArmRequest> Snapshot()
    {
        lock (entries) return [.. entries.Select(entry => entry.Request)];
    }

    public void Clear()
    {
        lock (entries) entries.Clear();
    }

    /// <summary>Gives the requests (GET), or forgets them (DELETE).</summary>
    public Task ControlAsync(HttpContext http)
    {
        if (HttpMethods.IsDelete(http.Request.Method)) Clear();
        else if (!HttpMethods.IsGet(http.Request.Method))
            return http.WriteAsync(ArmException.MethodNotAllowed(http.Request.Method));
        return http.WriteAsync(200, Snapshot());
    }

    /// <summary>Logs a request with its body, which stays readable.</summary>
    public async Task<Entry> AddAsync(HttpContext http, DateTimeOffset at)
    {
        var request = http.Request;
        string? body = null;
        if (request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            request.EnableBuffering();
            body = await new StreamReader(request.Body, leaveOpen: true).ReadToEndAsync(http.RequestAborted);
            request.Body.Position = 0;
        }

        var entry = new Entry(this, new(
            request.Method,
            request.Path.Value ?? "/",
            http.RawTarget(),
            body,
            null,
            at,
            request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        lock (entries) entries.Add(entry);
        return entry;
    }

    internal sealed class Entry(ArmRequestLog log, ArmRequest request)
    {
        public ArmRequest Request { get; private set; } = request;

        public void Answered(int status)
        {
            lock (log.entries) Request = Request with { Status = status };
        }
    }
}
