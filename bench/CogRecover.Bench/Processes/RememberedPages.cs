using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CogRecover.Bench.Processes;

/// <summary>
/// Answers each GET with the bytes that the simulator answered the first one with: to write ten thousand accounts takes
/// it longer than to read them, and the reader is what is measured.
/// </summary>
/// <param name="arm">The simulator itself.</param>
/// <param name="latency">What every answer takes longer.</param>
internal sealed class RememberedPages(Uri arm, TimeSpan latency)
{
    /// <summary>Where it tells how many bytes it gave since it was last asked.</summary>
    public const string Given = "/_bench/given";

    private const string FirstTime = "x-bench-first-time";

    private readonly HttpClient client = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> pages = new();
    private long given;

    /// <summary>An intercept of the simulator.</summary>
    public async Task<bool> AnswerAsync(HttpContext http)
    {
        if (http.Request.Method != "GET" || http.Request.Headers.ContainsKey(FirstTime)) return false;
        if (http.Request.Path == Given)
        {
            await http.Response.WriteAsync($"{Interlocked.Exchange(ref given, 0)}");
            return true;
        }

        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var page = await pages.GetOrAdd(target, _ => new(() => ReadAsync(target))).Value;
        if (latency > TimeSpan.Zero) await Task.Delay(latency, http.RequestAborted);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = page.Length;
        // Before the last byte is out: the reader may ask at once.
        Interlocked.Add(ref given, page.Length);
        await http.Response.Body.WriteAsync(page, http.RequestAborted);
        return true;
    }

    private async Task<byte[]> ReadAsync(string target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(arm, target));
        request.Headers.Add(FirstTime, "true");
        request.Headers.Authorization = new("Bearer", "bench");
        using var response = await client.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }
}
