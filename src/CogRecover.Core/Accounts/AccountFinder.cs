namespace CogRecover.Core.Accounts;

/// <summary>Finds the soft-deleted accounts that users name. A subscription's list is read once for all that need it.
/// Safe to be used from many threads at once.</summary>
internal sealed class AccountFinder
{
    private readonly AccountStore store;
    private readonly CancellationToken stop;
    private readonly ConcurrentDictionary<string, Lazy<Task<DeletedAccountList>>> lists =
        new(StringComparer.OrdinalIgnoreCase);

    public AccountFinder(AccountStore store, CancellationToken stop) => (this.store, this.stop) = (store, stop);

    /// <summary>When the finder last saw each account.</summary>
    public AccountSightings Sightings { get; } = new();

    /// <summary>Lists a subscription's soft-deleted accounts once for all callers.</summary>
    /// <param name="subscriptionId">The subscription's GUID.</param>
    /// <param name="cancellationToken">Ends the wait. The list is read to its end for the other callers.</param>
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
    /// <param name="cancellationToken">Stops the search.</param>
    /// <param name="since">When the user named it, in UTC: an older list without the account is read again. Null: it
    /// isn't.</param>
    /// <exception cref="RecoveryException">There is none (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>) or more
    /// than one (<see cref="RecoveryErrorId.AmbiguousAccount"/>).</exception>
    public async Task<DeletedCognitiveAccount> FindAsync(
        AccountReference reference, CancellationToken cancellationToken = default, DateTime? since = null)
    {
        RecoveryException? refused = null;
        if (reference is { ResourceGroupName: not null, Location: not null })
        {
            try
            {
                DeletedCognitiveAccount account = await store.FindAsync(reference, cancellationToken)
                    .ConfigureAwait(false);
                Sightings.Note(account);
                return account;
            }
            catch (RecoveryException e) when (e.Status == 400)
            {
                // Azure's response for a region that it doesn't have. The list shows whether anything else is wrong.
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
        return matches.Length switch
        {
            1 => matches[0],
            0 => throw LookupErrors.NotFound(reference, list.UnreadableCount),
            _ => throw LookupErrors.Ambiguous(reference, matches),
        };
    }

    /// <summary>Finds what a user may have meant who names an account that isn't soft-deleted: that name in another
    /// group or location, or a name that is one or two letters off.</summary>
    /// <returns>The closest first, three at most; none where the list can't be read.</returns>
    public async Task<IReadOnlyList<DeletedCognitiveAccount>> FindSimilarAsync(
        AccountReference reference, CancellationToken cancellationToken = default)
    {
        try
        {
            DeletedAccountList list = await ListOnceAsync(reference.SubscriptionId, cancellationToken)
                .ConfigureAwait(false);
            return SimilarAccounts.Of(reference, list.Accounts);
        }
        catch (RecoveryException)
        {
            // What the user has to know is that the account wasn't found.
            return [];
        }
    }

    /// <summary>Looks for an account within a time.</summary>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="account">The account, as the user named it.</param>
    /// <param name="look">Looks, until its token ends it.</param>
    /// <param name="cancellationToken">Ends it too.</param>
    /// <exception cref="RecoveryException">It took longer (<see cref="RecoveryErrorId.OperationTimedOut"/>), or the
    /// service didn't take the requests in time (<see cref="RecoveryErrorId.RequestThrottled"/>).</exception>
    public static Task<T> LookWithinAsync<T>(
        TimeSpan timeout, string account, Func<CancellationToken, Task<T>> look, CancellationToken cancellationToken) =>
        TimeLimit.RunAsync(
            timeout, look, e => ThrottleErrors.LookupTimedOut(account, timeout, (e as ThrottledException)?.Notice),
            cancellationToken);

    private async Task<DeletedAccountList> ReadAllAsync(string subscriptionId)
    {
        DateTime readAt = DateTime.UtcNow;
        List<DeletedCognitiveAccount> accounts = [];
        List<RecoveryException> unreadable = [];
        await foreach (IReadOnlyList<DeletedCognitiveAccount> page in store.ListAsync(
            subscriptionId, unreadable.Add, stop).ConfigureAwait(false))
        {
            foreach (DeletedCognitiveAccount account in page) Sightings.Note(account);
            accounts.AddRange(page);
        }

        return new DeletedAccountList(accounts, unreadable, readAt);
    }
}
