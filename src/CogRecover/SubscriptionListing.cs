using CogRecover.Core;
using CogRecover.Pipeline;

namespace CogRecover;

/// <summary>Lists subscriptions side by side, and hands on the accounts that a user wants as they come.</summary>
/// <param name="recovery">The engine.</param>
/// <param name="slots">How many subscriptions are listed at once.</param>
/// <param name="filter">Which accounts are wanted.</param>
/// <param name="progress">Is told how it goes.</param>
internal sealed class SubscriptionListing(
    AccountRecovery recovery, Slots slots, DeletedAccountFilter filter, ListProgress progress)
{
    // To wake the pipeline thread costs more than to read an account.
    private const int MostAtOnce = 8;

    /// <summary>Takes the accounts that are wanted, those together that come at once.</summary>
    public required Func<DeletedCognitiveAccount[], Task> Found { get; init; }

    /// <summary>Takes each failure, and what it is about: a subscription, a name, or the tenant.</summary>
    public required Func<RecoveryException, string?, Task> Failed { get; init; }

    /// <summary>Whether a subscription that is asked for again has its list from the first time.</summary>
    public bool ListsOnce { get; init; }

    /// <summary>Lists them. A subscription that fails doesn't keep the others from being listed.</summary>
    /// <param name="subscriptions">Their GUIDs, as they become known.</param>
    /// <param name="tenantId">Whose subscriptions they are.</param>
    /// <param name="cancellationToken">Stops all lists.</param>
    public async Task RunAsync(
        IAsyncEnumerable<string> subscriptions, string? tenantId, CancellationToken cancellationToken)
    {
        List<string> asked = [];
        List<Task<bool>> lists = [];
        bool isComplete = true;
        try
        {
            await foreach (string subscription in subscriptions.ConfigureAwait(false))
            {
                progress.Expect();
                asked.Add(subscription);
                lists.Add(slots.RunAsync(() => ListAsync(subscription, cancellationToken), cancellationToken));
            }

            if (asked.Count == 0) throw RecoveryErrors.NoSubscriptions();
        }
        catch (RecoveryException failure)
        {
            isComplete = false;
            await Failed(failure, tenantId).ConfigureAwait(false);
        }
        finally
        {
            // A stop in between leaves none of them behind.
            await Task.WhenAll(lists).ConfigureAwait(false);
        }

        // A name that nobody has seen may be in what couldn't be listed.
        if (!isComplete || !lists.TrueForAll(list => list.GetAwaiter().GetResult())) return;
        foreach ((string name, bool isFilteredOut) in filter.NamesNotSeen)
        {
            RecoveryException failure = isFilteredOut
                ? RecoveryErrors.FilteredOut(name)
                : RecoveryErrors.NotFound(name, asked);
            await Failed(failure, name).ConfigureAwait(false);
        }
    }

    /// <returns>Whether all of it could be read.</returns>
    private async Task<bool> ListAsync(string subscription, CancellationToken cancellationToken)
    {
        List<RecoveryException> failures = [];
        try
        {
            IAsyncEnumerator<DeletedCognitiveAccount> accounts =
                ReadAsync(subscription, failures.Add, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (accounts.ConfigureAwait(false)) await HandOnAsync(accounts).ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            failures.Add(failure);
        }

        foreach (RecoveryException failure in failures) await Failed(failure, subscription).ConfigureAwait(false);
        progress.Finish();
        return failures.Count == 0;
    }

    private async Task HandOnAsync(IAsyncEnumerator<DeletedCognitiveAccount> accounts)
    {
        List<DeletedCognitiveAccount> found = [];
        bool isMore = true;
        while (isMore)
        {
            ValueTask<bool> next = accounts.MoveNextAsync();
            try
            {
                // None is kept back while the next has still to come.
                if (found.Count == MostAtOnce || (found.Count > 0 && !next.IsCompletedSuccessfully))
                {
                    DeletedCognitiveAccount[] all = [.. found];
                    found.Clear();
                    await Found(all).ConfigureAwait(false);
                }
            }
            finally
            {
                isMore = await next.ConfigureAwait(false);
            }

            if (!isMore || !filter.Matches(accounts.Current)) continue;
            progress.Found();
            found.Add(accounts.Current);
        }

        if (found.Count > 0) await Found([.. found]).ConfigureAwait(false);
    }

    private IAsyncEnumerable<DeletedCognitiveAccount> ReadAsync(
        string subscription, Action<RecoveryException> unreadable, CancellationToken cancellationToken) => ListsOnce
        ? InTurnAsync(recovery.ListDeletedOnceAsync(subscription, cancellationToken))
        : recovery.ListDeletedAsync(subscription, unreadable, cancellationToken);

    private static async IAsyncEnumerable<DeletedCognitiveAccount> InTurnAsync(
        Task<List<DeletedCognitiveAccount>> accounts)
    {
        foreach (DeletedCognitiveAccount account in await accounts.ConfigureAwait(false)) yield return account;
    }
}
