namespace CogRecover.Completion;

/// <summary>Caches lists of deleted accounts for a minute. Completion gets what has been read so far, and the list is
/// read on: in Azure that takes longer than anybody waits for a Tab. Thread-safe.</summary>
internal sealed class CompletionCache
{
    private const int ThrottleLimit = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.8);
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Context, string Subscription), Entry> entries = new();

    /// <summary>The cache of the process, as PowerShell creates a completer for each Tab.</summary>
    public static CompletionCache Shared { get; } = new();

    /// <summary>The accounts that are known within two seconds.</summary>
    /// <param name="subscriptionId">The subscription to list; null for all of the tenant.</param>
    public IReadOnlyCollection<DeletedCognitiveAccount> Get(AzContext context, string? subscriptionId)
    {
        (string, string) key = (context.Key, subscriptionId?.ToUpperInvariant() ?? "");
        if (!entries.TryGetValue(key, out Entry? entry) || entry.IsStale)
            entries[key] = entry = new Entry(context, subscriptionId);
        return entry.Read();
    }

    /// <summary>Removes the lists of a context, as a command has changed what they show.</summary>
    /// <param name="contextKey">The <see cref="AzContext.Key"/>.</param>
    public void Forget(string contextKey)
    {
        foreach ((string Context, string) key in entries.Keys.Where(key => key.Context == contextKey))
            entries.TryRemove(key, out _);
    }

    /// <summary>A list, which is read on another thread.</summary>
    private sealed class Entry
    {
        private readonly ConcurrentQueue<DeletedCognitiveAccount> found = new();
        private readonly DateTime startedAt = DateTime.UtcNow;
        private readonly Task list;

        public Entry(AzContext context, string? subscriptionId)
        {
            // As with a failure: the command that follows has the warnings.
            TokenSource tokens = context.DetachedTokens(_ => { });
            list = Task.Run(() => ListAsync(context, tokens, subscriptionId));
        }

        // A list that failed is read again only if nothing came of it.
        public bool IsStale => DateTime.UtcNow - startedAt > Validity || (list.IsFaulted && found.IsEmpty);

        public DeletedCognitiveAccount[] Read()
        {
            // Completion ignores a failure: the command that follows reports it.
            list.ContinueWith(ended => ended.Exception, TaskScheduler.Default).Wait(Patience);
            return [.. found];
        }

        private async Task ListAsync(AzContext context, TokenSource tokens, string? subscriptionId)
        {
            var connection = new ArmConnection(context.ResourceManager, _ => Task.FromResult(tokens.GetToken()))
            {
                SignIn = context.Key, Session = ArmSession.Shared, SubscriptionId = context.SubscriptionId,
                SubscriptionName = context.SubscriptionName,
            };
            using var timeout = new CancellationTokenSource(Validity);
            var recovery = new AccountRecovery(connection, timeout.Token);
            var listing = new AccountListing(recovery, new ConcurrencyLimit(ThrottleLimit), context.TenantId)
            {
                Found = accounts => Task.Run(() => Array.ForEach(accounts, account =>
                {
                    recovery.AddSubscriptionName(account);
                    found.Enqueue(account);
                })),
                Failed = (failure, _) => Task.FromException(failure),
            };
            var all = new DeletedAccountFilter(new([], [], []));
            await listing.ListAsync(subscriptionId is null ? null : [subscriptionId], all, once: false, timeout.Token);
        }
    }
}
