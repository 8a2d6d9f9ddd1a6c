using CogRecover.Core;
using CogRecover.Core.Accounts;
using CogRecover.Core.Errors;
using CogRecover.Pipeline;

namespace CogRecover.Listing;

/// <summary>Lists subscriptions side by side, and hands on the accounts that a user wants as they come.</summary>
/// <param name="recovery">The engine.</param>
/// <param name="slots">How many subscriptions are listed at once.</param>
/// <param name="filter">Which accounts are wanted.</param>
/// <param name="progress">Is told how it goes.</param>
internal sealed class SubscriptionListing(
    AccountRecovery recovery, ConcurrencyLimit slots, DeletedAccountFilter filter, ListProgress progress)
{
    /// <summary>Takes the accounts that are wanted, those of a page together.</summary>
    public required Func<DeletedCognitiveAccount[], Task> Found { get; init; }

    /// <summary>Takes each failure, and what it is about: a subscription, a name, or the tenant.</summary>
    public required Func<RecoveryException, string?, Task> Failed { get; init; }

    /// <summary>Whether a subscription that is asked for again has its list from the first time.</summary>
    public bool ListsOnce { get; init; }

    /// <summary>Subscriptions that are known already.</summary>
    public static async IAsyncEnumerable<string> Each(string[] subscriptions)
    {
        foreach (string subscription in subscriptions) yield return subscription;
        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>Lists them. A subscription that fails doesn't keep the others from being listed.</summary>
    /// <param name="subscriptions">Their GUIDs, as they become known.</param>
    /// <param name="tenantId">Whose subscriptions they are.</param>
    /// <param name="cancellationToken">Stops all lists.</param>
    public async Task RunAsync(
        IAsyncEnumerable<string> subscriptions, string? tenantId, CancellationToken cancellationToken)
    {
        List<string> asked = [];
        List<Task<int?>> lists = [];
        bool isComplete = true;
        try
        {
            await foreach (string subscription in subscriptions.ConfigureAwait(false))
            {
                progress.Expect();
                asked.Add(subscription);
                lists.Add(slots.RunAsync(() => ListAsync(subscription, cancellationToken), cancellationToken));
            }

            if (asked.Count == 0) throw SignInErrors.NoSubscriptions();
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
        int?[] unreadable = [.. lists.Select(list => list.GetAwaiter().GetResult())];
        if (!isComplete || unreadable.Contains(null)) return;
        foreach ((string name, bool isFilteredOut) in filter.NamesNotSeen)
        {
            RecoveryException failure = isFilteredOut
                ? LookupErrors.FilteredOut(name)
                : LookupErrors.NotFound(name, asked, unreadable.Sum() ?? 0);
            await Failed(failure, name).ConfigureAwait(false);
        }
    }

    /// <returns>How many accounts couldn't be read; null if the list couldn't.</returns>
    private async Task<int?> ListAsync(string subscription, CancellationToken cancellationToken)
    {
        List<RecoveryException> failures = [];
        int? unreadable;
        try
        {
            if (ListsOnce)
            {
                DeletedAccountList list = await recovery.Finder.ListOnceAsync(subscription, cancellationToken)
                    .ConfigureAwait(false);
                await HandOnAsync(list.Accounts).ConfigureAwait(false);
                failures.AddRange(list.TakeUnreadable());
                unreadable = list.UnreadableCount;
            }
            else
            {
                await HandOnAsync(recovery.Accounts.ListAsync(subscription, failures.Add, cancellationToken))
                    .ConfigureAwait(false);
                unreadable = failures.Count;
            }
        }
        catch (RecoveryException failure)
        {
            failures.Add(failure);
            unreadable = null;
        }

        foreach (RecoveryException failure in failures) await Failed(failure, subscription).ConfigureAwait(false);
        progress.Finish();
        return unreadable;
    }

    private async Task HandOnAsync(IAsyncEnumerable<IReadOnlyList<DeletedCognitiveAccount>> pages)
    {
        Task written = Task.CompletedTask;
        try
        {
            await foreach (IReadOnlyList<DeletedCognitiveAccount> page in pages.ConfigureAwait(false))
            {
                // The next page is read while this one is written.
                await written.ConfigureAwait(false);
                written = HandOnAsync(page);
            }
        }
        finally
        {
            await written.ConfigureAwait(false);
        }
    }

    private async Task HandOnAsync(IReadOnlyList<DeletedCognitiveAccount> accounts)
    {
        DeletedCognitiveAccount[] wanted = [.. accounts.Where(filter.Matches)];
        if (wanted.Length == 0) return;
        progress.Found(wanted.Length);
        await Found(wanted).ConfigureAwait(false);
    }
}
