namespace CogRecover.Core;

/// <summary>Lists an account that isn't there, on another thread and without a network, while the caller is busy
/// signing in: what the first real list would wait for is compiled by then. Compiling is most of a first list;
/// bench/README.md has the figures.</summary>
internal static class WarmUp
{
    private const string Subscription = "00000000-0000-0000-0000-000000000000";

    private const string Id =
        $"/subscriptions/{Subscription}/providers/{AccountId.Provider}/locations/a/resourceGroups/a/deletedAccounts/a";

    private static readonly byte[] Page = Encoding.UTF8.GetBytes($$"""
        {
          "value": [{
            "id": "{{Id}}", "kind": "OpenAI", "sku": { "name": "S0" }, "tags": { "a": "b" },
            "identity": { "type": "SystemAssigned" },
            "properties": { "deletionDate": "2026-01-01T00:00:00Z", "scheduledPurgeDate": "2026-01-03T00:00:00Z" }
          }]
        }
        """);

    private static readonly Lazy<Task> Once = new(() => RunAsync());

    /// <summary>Starts it, once in a process, where there is a processor to spare.</summary>
    public static void Start()
    {
        if (Environment.ProcessorCount > 1) _ = Once.Value;
    }

    /// <summary>Compiles the reading of accounts and the sending of requests, side by side.</summary>
    /// <returns>How many accounts were read.</returns>
    public static async Task<int> RunAsync()
    {
        int[] read = await Task.WhenAll(Task.Run(Read), Task.Run(ListAsync)).ConfigureAwait(false);
        return read.Sum();
    }

    private static int Read() =>
        JsonSerializer.Deserialize(Page, AccountJsonContext.Default.Page)!.Value!
            .Select(AccountReader.ReadDeleted).Count();

    private static async Task<int> ListAsync()
    {
        // Nothing is asked of this address: the response is at hand.
        var connection = new ArmConnection(
            new Uri("https://localhost"), _ => Task.FromResult(new ArmToken("none", DateTimeOffset.MaxValue)))
        {
            Transport = new HttpClientTransport(new HttpClient(new Response())),
        };
        int read = 0;
        await foreach (IReadOnlyList<DeletedCognitiveAccount> page in new AccountRecovery(connection)
            .Accounts.ListAsync(Subscription, unreadable: _ => { }).ConfigureAwait(false))
            read += page.Count;
        return read;
    }

    private sealed class Response : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // As from a network: what waits for a response is compiled too.
            await Task.Yield();
            return new() { Content = new ByteArrayContent(Page), RequestMessage = request };
        }
    }
}
