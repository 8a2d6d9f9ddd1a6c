namespace CogRecover.Core.Accounts;

/// <summary>Finds the soft-deleted accounts that users name. A subscription's list is read once for all that need it.
/// Thread-safe.</summary>
internal sealed class AccountFinder(AccountStore store, LocationCheck locations, CancellationToken stop)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<DeletedAccountList>>> lists =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>When the finder last saw each account.</summary>
    public AccountSightings Sightings { get; } = new();

    /// <summary>Lists a subscription's soft-deleted accounts once for all callers. The token ends the wait: the list is
    /// read to its end for the others.</summary>
    /// <param name="isStale">Whether a list that was read before has to be read again; null for never.</param>
    /// <exception cref="RecoveryException">The list can't be read. The next caller reads it again.</exception>
    public async Task<DeletedAccountList> ListOnceAsync(
        string subscriptionId, CancellationToken cancellationToken = default,
        Func<DeletedAccountList, bool>? isStale = null)
    {
        Lazy<Task<DeletedAccountList>> list = lists.GetOrAdd(subscriptionId, id => new(() => ReadAllAsync(id)));
        try
        {
            DeletedAccountList read = await list.Value.WaitForAsync(cancellationToken).ConfigureAwait(false);
            if (isStale?.Invoke(read) != true) return read;
        }
        catch (RecoveryException)
        {
            Forget();
            throw;
        }

        Forget();
        return await ListOnceAsync(subscriptionId, cancellationToken).ConfigureAwait(false);

        // Unless another caller has replaced it already.
        void Forget() => ((ICollection<KeyValuePair<string, Lazy<Task<DeletedAccountList>>>>)lists)
            .Remove(new(subscriptionId, list));
    }

    /// <summary>Finds the soft-deleted account that a reference means: with one request where its group and location
    /// are known, else in the subscription's list.</summary>
    /// <param name="reference">The account, as far as it is known.</param>
    /// <param name="since">When the user named it, in UTC: an older list without the account is read again. Null: it
    /// isn't.</param>
    /// <exception cref="RecoveryException">There is none (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>, or
    /// <see cref="RecoveryErrorId.InvalidLocation"/> where its location can't be one) or more than one
    /// (<see cref="RecoveryErrorId.AmbiguousAccount"/>).</exception>
    public async Task<DeletedCognitiveAccount> FindAsync(
        AccountReference reference, CancellationToken cancellationToken = default, DateTime? since = null)
    {
        try
        {
            return await LookUpAsync(reference, since, cancellationToken).ConfigureAwait(false);
        }
        catch (RecoveryException e) when (reference.Location is not null
            && (e.ErrorId == RecoveryErrorId.DeletedAccountNotFound || e.Status == 400))
        {
            throw await locations.FindErrorAsync(reference.SubscriptionId, reference.Location, cancellationToken)
                .ConfigureAwait(false) ?? e;
        }
    }

    private async Task<DeletedCognitiveAccount> LookUpAsync(
        AccountReference reference, DateTime? since, CancellationToken cancellationToken)
    {
        RecoveryException? refused = null;
        if (reference is { ResourceGroupName: not null, Location: not null })
        {
            try
            {
                return Sightings.Note(await store.FindAsync(reference, cancellationToken).ConfigureAwait(false));
            }
            catch (RecoveryException e) when (e.Status == 400)
            {
                // Azure responds so to a region that it doesn't have. The list shows whether anything else is wrong.
                refused = e;
            }
        }

        DeletedAccountList list;
        try
        {
            list = await ListOnceAsync(
                reference.SubscriptionId, cancellationToken,
                read => read.ReadAt < since && !read.Accounts.Any(reference.Matches)).ConfigureAwait(false);
        }
        catch (RecoveryException e)
        {
            throw refused ?? new LookupAttempt(reference).Explain(e);
        }

        DeletedCognitiveAccount[] matches = [.. list.Accounts.Where(reference.Matches)];
        return matches switch
        {
            [var only] => only,
            [] => throw LookupErrors.NotFound(reference, list.Unreadable.Count),
            _ => throw LookupErrors.Ambiguous(reference, matches),
        };
    }

    /// <summary>Finds what the user of a name that isn't soft-deleted may have meant: that name in another group or
    /// location, or a name that is one or two letters off.</summary>
    /// <returns>The closest first, three at most; none where the list can't be read.</returns>
    public async Task<IReadOnlyList<DeletedCognitiveAccount>> FindSimilarAsync(
        AccountReference reference, CancellationToken cancellationToken = default)
    {
        try
        {
            return SimilarAccounts.Of(
                reference,
                (await ListOnceAsync(reference.SubscriptionId, cancellationToken).ConfigureAwait(false)).Accounts);
        }
        catch (RecoveryException)
        {
            // What the user has to know is that the account wasn't found.
            return [];
        }
    }

    private async Task<DeletedAccountList> ReadAllAsync(string subscriptionId)
    {
        DateTime readAt = DateTime.UtcNow;
        List<DeletedCognitiveAccount> accounts = [];
        List<RecoveryException> unreadable = [];
        await foreach (IReadOnlyList<DeletedCognitiveAccount> page in store.ListAsync(
            subscriptionId, unreadable.Add, stop).ConfigureAwait(false))
            accounts.AddRange(page.Select(account => Sightings.Note(account)));
        return new DeletedAccountList(accounts, unreadable, readAt);
    }
}
