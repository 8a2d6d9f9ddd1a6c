using System.Text.Json;
using CogRecover.Bench.Processes;

namespace CogRecover.Bench;

/// <summary>Reads the pages of a list and drops the bytes: nothing that lists can be faster.</summary>
internal sealed class BareClient : IDisposable
{
    private readonly HttpClient client = new();
    private readonly List<Uri> pages = [];
    private readonly byte[] buffer = new byte[64 * 1024];

    private BareClient() => client.DefaultRequestHeaders.Authorization = new("Bearer", "bench");

    /// <summary>The accounts on all pages.</summary>
    public int Accounts { get; private set; }

    /// <summary>The bytes of all pages.</summary>
    public long Bytes { get; private set; }

    /// <summary>Goes once through the first subscription's list, to know the pages later.</summary>
    public static async Task<BareClient> LearnAsync(Uri arm, CancellationToken cancellationToken)
    {
        var bare = new BareClient();
        var page = new Uri(arm, $"subscriptions/{ArmProcess.SubscriptionId}/providers"
            + "/Microsoft.CognitiveServices/deletedAccounts?api-version=2025-06-01");
        while (page is not null)
        {
            bare.pages.Add(page);
            var body = await bare.client.GetByteArrayAsync(page, cancellationToken);
            using var list = JsonDocument.Parse(body);
            bare.Bytes += body.Length;
            bare.Accounts += list.RootElement.GetProperty("value").GetArrayLength();
            page = list.RootElement.TryGetProperty("nextLink", out var next) ? new Uri(next.GetString()!) : null;
        }

        return bare;
    }

    /// <summary>Reads every page.</summary>
    /// <returns>The bytes.</returns>
    public async Task<long> ReadAsync(CancellationToken cancellationToken)
    {
        long bytes = 0;
        foreach (var page in pages)
        {
            using var response = await client.GetAsync(
                page, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            for (int read = 1; read > 0; bytes += read)
                read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        return bytes;
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose() => client.Dispose();
}
