using System.Collections.Concurrent;
using CogRecover.Core;
using CogRecover.Core.Http;
using CogRecover.Listing;
using CogRecover.Pipeline;
using CogRecover.SignIn;

namespace CogRecover.Completion;

/// <summary>
/// What is deleted now, for whoever presses Tab: listed at the first, and remembered for a minute. It shows what is
/// read so far, and the list goes on meanwhile: in Azure it takes longer than anybody waits for a Tab.
/// </summary>
internal sealed class CompletionCache
{
    private const int ListsAtOnce = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.8);
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentDictionary<(string Context, string Subscription), CompletionCache>
        Remembered = new();

    private readonly ConcurrentQueue<DeletedCognitiveAccount> found = new();
    private readonly DateTime begun = DateTime.UtcNow;
    private readonly Task list;

    // The sign-in is other threads' work too: where nothing answers, it takes its time.
    private CompletionCache(AzContext context, string? subscriptionId)
    {
        TokenSource tokens = context.DetachedTokens();
        list = Task.Run(() => ListAsync(context, tokens, subscriptionId));
    }

    /// <summary>The accounts that are known by now: within two seconds.</summary>
    /// <param name="context">Whose accounts.</param>
    /// <param name="subscriptionId">In which subscription; null for all of the tenant.</param>
    public static IReadOnlyCollection<DeletedCognitiveAccount> Get(AzContext context, string? subscriptionId)
    {
        (string, string) key = (context.Key, subscriptionId?.ToUpperInvariant() ?? "");
        if (Remembered.TryGetValue(key, out CompletionCache? remembered) && !remembered.IsStale)
            return remembered.Read();
        remembered = new CompletionCache(context, subscriptionId);
        Remembered[key] = remembered;
        return remembered.Read();
    }

    /// <summary>Forgets what a context can see: it isn't so any more.</summary>
    /// <param name="contextKey">The context's <see cref="AzContext.Key"/>.</param>
    public static void Forget(string contextKey)
    {
        foreach ((string Context, string) key in Remembered.Keys.Where(key => key.Context == contextKey))
            Remembered.TryRemove(key, out _);
    }

    // What could be read of a list that failed is worth more than to wait for it to fail again.
    private bool IsStale => DateTime.UtcNow - begun > Validity || (list.IsFaulted && found.IsEmpty);

    private DeletedCognitiveAccount[] Read()
    {
        // Whatever fails, Tab says nothing: the command that follows will.
        list.ContinueWith(ended => ended.Exception, TaskScheduler.Default).Wait(Patience);
        return [.. found];
    }

    private async Task ListAsync(AzContext context, TokenSource tokens, string? subscriptionId)
    {
        var connection = new ArmConnection(context.ResourceManager, _ => Task.FromResult(tokens.GetToken()))
        {
            SignIn = context.Key,
            Session = ArmSession.Shared,
        };
        using var limit = new CancellationTokenSource(Validity);
        var recovery = new AccountRecovery(connection, limit.Token);
        var everything = new DeletedAccountFilter(null, null, null, null, expiringWithin: null);
        var listing = new SubscriptionListing(recovery, new ConcurrencyLimit(ListsAtOnce), everything, new ListProgress())
        {
            Found = accounts =>
            {
                Array.ForEach(accounts, found.Enqueue);
                return Task.CompletedTask;
            },
            Failed = (failure, _) => Task.FromException(failure),
        };
        await listing.RunAsync(
            subscriptionId is null
                ? recovery.Accounts.ListSubscriptionsAsync(limit.Token)
                : SubscriptionListing.Each([subscriptionId]),
            context.TenantId, limit.Token).ConfigureAwait(false);
    }
}
