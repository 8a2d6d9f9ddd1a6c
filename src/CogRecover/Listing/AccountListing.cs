namespace CogRecover.Listing;

/// <summary>Lists soft-deleted accounts, subscriptions side by side, and finds them by their resource ids.</summary>
/// <param name="limit">Limits how many subscriptions are listed at once.</param>
internal sealed class AccountListing(AccountRecovery recovery, ConcurrencyLimit limit, string? tenantId)
{
    // The subscriptions whose unreadable accounts are reported: several rows may ask for the same list.
    private readonly ConcurrentDictionary<string, bool> reported = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the accounts that match, in the order in which they are shown.</summary>
    public required Func<DeletedCognitiveAccount[], Task> Found { get; init; }

    /// <summary>Takes each failure and what it is about: a subscription, an account, or the tenant.</summary>
    public required Func<RecoveryException, object?, Task> Failed { get; init; }

    /// <summary>Takes sentences on what has no accounts: a subscription, a resource group, a location or a kind; null
    /// for nobody. The second one is what the user may have meant, if anything.</summary>
    public Action<string, string?>? Noted { get; init; }

    public ListProgress Progress { get; } = new();

    /// <summary>Finds an account by its resource id.</summary>
    public async Task FindAsync(AccountInput input, DeletedAccountFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            AccountReference reference = input.Reference();
            DeletedCognitiveAccount account = await limit.RunAsync(
                () => recovery.Finder.FindAsync(reference, cancellationToken), cancellationToken);
            input.RequireDeletion(account, "listed");
            if (!filter.Matches(account)) throw LookupErrors.FilteredOut(account.Name, [account.SubscriptionId]);
            await Found([account]);
        }
        catch (RecoveryException failure)
        {
            await Failed(failure, input.Target);
        }
    }

    /// <summary>Lists subscriptions. If one fails, the others are listed all the same.</summary>
    /// <param name="subscriptions">Their ids; null for all of the tenant.</param>
    /// <param name="once">True if a list that was read before serves again.</param>
    public async Task ListAsync(
        string[]? subscriptions, DeletedAccountFilter filter, bool once, CancellationToken cancellationToken)
    {
        List<(string Id, Task<int?> Unreadable)> lists = [];
        bool areAllKnown = true;
        try
        {
            Array.ForEach(subscriptions ?? [], Start);
            if (subscriptions is null)
                await foreach (string id in recovery.Accounts.ListSubscriptionsAsync(cancellationToken)) Start(id);
            if (lists.Count == 0) throw SignInErrors.NoSubscriptions();
        }
        catch (RecoveryException failure)
        {
            areAllKnown = false;
            await Failed(failure, tenantId);
        }
        finally
        {
            await Task.WhenAll(lists.Select(list => list.Unreadable));
        }

        var searched = new SearchedSubscriptions(
            [.. lists.Where(list => list.Unreadable.Result is not null).Select(list => list.Id)],
            [.. lists.Where(list => list.Unreadable.Result is null).Select(list => list.Id)],
            areAllKnown, lists.Sum(list => list.Unreadable.Result ?? 0));
        if (searched.Listed.Count == 0) return;
        List<(string Wanted, RecoveryException Failure)> failures = [];
        foreach (string location in filter.EmptyLocations)
            if (await recovery.Locations.FindErrorAsync(searched.Listed[0], location, cancellationToken) is { } error)
                failures.Add((location, error));

        // What is only in another location than one that doesn't exist has one fault.
        failures.AddRange(filter.Missing(searched, isFilteredOutToo: failures.Count == 0));
        foreach ((string wanted, RecoveryException failure) in failures) await Failed(failure, wanted);
        if (failures.Count == 0 && areAllKnown && searched.Listed.Count == lists.Count)
            foreach ((string sentence, string? meant) in filter.Unused) Noted?.Invoke(sentence, meant);
        Noted?.Invoke(filter.Count, null);

        void Start(string id)
        {
            Progress.AddSubscription();
            lists.Add((id, ListAsync(id, filter, once, cancellationToken)));
        }
    }

    /// <returns>How many accounts can't be read; null if the list can't.</returns>
    private async Task<int?> ListAsync(
        string subscription, DeletedAccountFilter filter, bool once, CancellationToken cancellationToken)
    {
        var rows = new SubscriptionRows(Found);
        List<RecoveryException> failures = [];
        int? unreadable = null;
        try
        {
            using IDisposable room = await limit.EnterAsync(cancellationToken);
            if (once)
            {
                DeletedAccountList list = await recovery.Finder.ListOnceAsync(subscription, cancellationToken);
                failures.AddRange(list.Unreadable);
                await AddAsync(list.Accounts);
            }
            else
            {
                await foreach (IReadOnlyList<DeletedCognitiveAccount> page in recovery.Accounts.ListAsync(
                    subscription, failures.Add, cancellationToken,
                    reason => Noted?.Invoke(
                        $"Subscription {subscription} can't have deleted accounts: {reason}", null)))
                    await AddAsync(page);
            }

            unreadable = failures.Count;
            if (!reported.TryAdd(subscription, true)) failures.Clear();
        }
        catch (RecoveryException failure)
        {
            failures.Add(failure);
        }

        // By now another list may be read.
        await rows.EndAsync();
        foreach (RecoveryException failure in failures) await Failed(failure, subscription);
        Progress.EndSubscription();
        return unreadable;

        Task AddAsync(IReadOnlyList<DeletedCognitiveAccount> page)
        {
            DeletedCognitiveAccount[] matches = [.. page.Where(filter.Matches)];
            Progress.AddAccounts(matches.Length);
            return rows.AddAsync(matches);
        }
    }
}
