using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using CogRecover.Core.Arm;
using CogRecover.Core.Errors;
using CogRecover.Core.Http;
using CogRecover.Core.References;

namespace CogRecover.Core.Accounts;

/// <summary>Reads accounts: lists of the soft-deleted ones, one of them, or a live one.</summary>
internal sealed class AccountDirectory(ArmRequests arm, ArmAddresses addresses, CancellationToken stop)
{
    // How long a look counts. Restores may wait for their turn; a purge can't be undone.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FreshEnoughToPurge = TimeSpan.FromSeconds(2);

    // As often as the library asks again where it sees a fault itself.
    private const int MostLooks = 4;

    // With more restores than that a list costs less of what the service lets read than a look at each.
    private const int FewLooks = 30;

    private static int readers;

    private int looks;
    private readonly int reader = Interlocked.Increment(ref readers);
    private readonly ArmLists pages = new(arm, addresses);
    private readonly ConcurrentDictionary<string, Lazy<Task<DeletedAccountList>>> lists =
        new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc cref="AccountRecovery.ListDeletedAsync"/>
    public async IAsyncEnumerable<IReadOnlyList<DeletedCognitiveAccount>> ListAsync(
        string subscriptionId, Action<RecoveryException> unreadable,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AccountReference.RequireSubscription(subscriptionId);
        ArmFailure failure = ArmFailure.OfList(subscriptionId);
        await foreach (List<AccountJson> page in ReadListAsync(
            pages.ReadAsync(
                addresses.DeletedAccounts(subscriptionId), ArmJson.Default.AccountPage, AccountJson.Of,
                cancellationToken),
            failure, cancellationToken).ConfigureAwait(false))
            yield return
            [
                .. page.Select(account => AccountReader.TryReadDeleted(account, unreadable))
                    .OfType<DeletedCognitiveAccount>().Select(Seen),
            ];
    }

    /// <inheritdoc cref="AccountRecovery.ListSubscriptionsAsync"/>
    public async IAsyncEnumerable<string> ListSubscriptionsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var listed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (List<JsonElement> page in ReadListAsync(
            pages.ReadAsync(addresses.Subscriptions(), cancellationToken), ArmFailure.OfSubscriptions(),
            cancellationToken).ConfigureAwait(false))
        {
            foreach (JsonElement subscription in page)
                if (subscription.Text("state") is "Enabled" or "Warned" or "PastDue"
                    && subscription.Text("subscriptionId") is { } id && listed.Add(id))
                    yield return id;
        }
    }

    /// <summary>The list of <see cref="AccountRecovery.ListDeletedOnceAsync"/>, which is read again where the one that
    /// was kept is stale.</summary>
    public async Task<DeletedAccountList> ListOnceAsync(
        string subscriptionId, CancellationToken cancellationToken = default,
        Func<DeletedAccountList, bool>? isStale = null)
    {
        Lazy<Task<DeletedAccountList>> kept = lists.GetOrAdd(
            subscriptionId, subscription => new(() => ReadAllAsync(subscription, stop)));
        try
        {
            DeletedAccountList list = await kept.Value.WaitForAsync(cancellationToken).ConfigureAwait(false);
            if (isStale?.Invoke(list) != true) return list;
        }
        catch (RecoveryException)
        {
            // A list that failed isn't kept, so the next caller reads it again.
            Forget();
            throw;
        }

        Forget();
        return await ListOnceAsync(subscriptionId, cancellationToken).ConfigureAwait(false);

        // Unless somebody else has had it read anew already.
        void Forget() => ((ICollection<KeyValuePair<string, Lazy<Task<DeletedAccountList>>>>)lists)
            .Remove(new(subscriptionId, kept));
    }

    /// <inheritdoc cref="AccountRecovery.FindDeletedAsync"/>
    public async Task<DeletedCognitiveAccount> FindAsync(
        AccountReference reference, CancellationToken cancellationToken = default, DateTime? since = null)
    {
        ArmFailure failure = ArmFailure.OfLookup(reference);
        RecoveryException? refused = null;
        if (reference is { ResourceGroupName: not null, Location: not null })
        {
            try
            {
                AccountJson account = await ExplainAsync(
                    arm.GetAsync(addresses.DeletedAccount(reference), ArmJson.Default.AccountJson, cancellationToken),
                    failure, cancellationToken)
                    .ConfigureAwait(false);
                return Seen(AccountReader.ReadDeleted(account));
            }
            catch (RecoveryException e) when (e.Status == 400)
            {
                // So Azure answers for a region that it doesn't have. The list shows that nothing else is wrong.
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
            throw refused ?? failure.Explain(e);
        }

        DeletedCognitiveAccount[] matches = [.. list.Accounts.Where(reference.Matches)];
        return matches.Length switch
        {
            1 => matches[0],
            0 => throw RecoveryErrors.NotFound(reference, list.UnreadableCount),
            _ => throw RecoveryErrors.Ambiguous(reference, matches),
        };
    }

    /// <inheritdoc cref="AccountRecovery.FindSimilarAsync"/>
    public async Task<IReadOnlyList<DeletedCognitiveAccount>> FindSimilarAsync(
        AccountReference reference, CancellationToken cancellationToken)
    {
        try
        {
            DeletedAccountList list = await ListOnceAsync(reference.SubscriptionId, cancellationToken)
                .ConfigureAwait(false);
            return SimilarAccounts.Of(reference, list.Accounts);
        }
        catch (RecoveryException)
        {
            // That the account wasn't found is what the user has to know.
            return [];
        }
    }

    /// <inheritdoc cref="AccountRecovery.FindLiveAsync"/>
    public async Task<CognitiveAccount?> FindLiveAsync(
        AccountReference reference, CancellationToken cancellationToken = default)
    {
        ArmFailure failure = ArmFailure.OfLookup(reference);
        if (reference.ResourceGroupName is null)
        {
            List<JsonElement> named = await ExplainAsync(
                pages.ReadAllAsync(addresses.LiveAccounts(reference), cancellationToken), failure, cancellationToken)
                .ConfigureAwait(false);

            // With several of the name, nobody knows which is meant.
            if (named is not [var only]) return null;
            reference = AccountId.Parse(only.Text("id") ?? "");
        }

        return await ExplainAsync(TryFindLiveAsync(reference, cancellationToken), failure, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Looks for a soft-deleted account whose resource group and location are known.</summary>
    /// <returns>What is soft-deleted there now; null if nothing is.</returns>
    /// <exception cref="Azure.RequestFailedException">It can't be seen.</exception>
    /// <exception cref="JsonException">The answer isn't JSON.</exception>
    /// <exception cref="RecoveryException">The answer isn't that of an account.</exception>
    public async Task<DeletedCognitiveAccount?> TryFindAsync(
        AccountReference reference, CancellationToken cancellationToken)
    {
        AccountJson? found = await arm.TryGetAsync(
            addresses.DeletedAccount(reference), ArmJson.Default.AccountJson, cancellationToken).ConfigureAwait(false);
        return found is null ? null : Seen(AccountReader.ReadDeleted(found));
    }

    /// <summary>Looks for a live account whose resource group is known; null if there is none.</summary>
    /// <inheritdoc cref="TryFindAsync"/>
    public async Task<CognitiveAccount?> TryFindLiveAsync(
        AccountReference reference, CancellationToken cancellationToken)
    {
        AccountJson? live = await arm.TryGetAsync(
            addresses.LiveAccount(reference), ArmJson.Default.AccountJson, cancellationToken).ConfigureAwait(false);
        return live is null ? null : AccountReader.ReadLive(live);
    }

    /// <summary>
    /// Looks whether what is soft-deleted under an account's name is still that account, unless it was seen just now.
    /// Where the caller may not see that, the account counts as it was, and so it does for a restore if it can't be seen
    /// now.
    /// </summary>
    /// <param name="account">The account, as it was read some time ago.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <param name="isThatDeletion">Whether the account doesn't count if it was restored and deleted again.</param>
    /// <returns>The account as it is now; null if it isn't soft-deleted any more.</returns>
    /// <exception cref="RecoveryException">
    /// Another is soft-deleted there now (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>), or that can't be seen and
    /// has to be.
    /// </exception>
    public async Task<DeletedCognitiveAccount?> LookAgainAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken, bool isThatDeletion = false)
    {
        if (IsFresh(account, isThatDeletion ? FreshEnoughToPurge : Fresh)) return account;
        var reference = AccountReference.Of(account);
        DeletedCognitiveAccount? found;
        try
        {
            if (!isThatDeletion && Interlocked.Increment(ref looks) > FewLooks
                && await FindInListAsync(account, reference, cancellationToken).ConfigureAwait(false) is { } listed)
            {
                account.Seen = listed.Seen;
                return listed;
            }

            found = await LookAsync(reference, isThatDeletion ? MostLooks : 1, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            return account;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A purge can't be undone.
            return isThatDeletion ? throw ArmFailure.OfLookup(reference).Explain(e) : account;
        }

        if (found is null) return null;
        RequireMeant(account, found, isThatDeletion);
        Seen(account);
        return found;
    }

    /// <summary>Looks until an answer is Azure's: what a proxy answers in its place passes, mostly.</summary>
    private async Task<DeletedCognitiveAccount?> LookAsync(
        AccountReference reference, int mostLooks, CancellationToken cancellationToken)
    {
        for (int look = 1; ; look++)
        {
            try
            {
                return await TryFindAsync(reference, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (look < mostLooks
                && (ArmRequests.IsGarbled(e) || e is RequestFailedException { Status: 404 or (>= 300 and < 400) }))
            {
                await arm.Retry.WaitAsync(null, look, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<DeletedCognitiveAccount?> FindInListAsync(
        DeletedCognitiveAccount account, AccountReference reference, CancellationToken cancellationToken)
    {
        DeletedAccountList list = await ListOnceAsync(reference.SubscriptionId, cancellationToken).ConfigureAwait(false);
        return list.Accounts.FirstOrDefault(listed => reference.Matches(listed) && IsFresh(listed, Fresh)
            && Likenesses.Of(account, listed) == Likeness.Same);
    }

    /// <summary>Refuses what is soft-deleted under an account's name if it isn't that account.</summary>
    /// <inheritdoc cref="LookAgainAsync"/>
    public static void RequireMeant(
        DeletedCognitiveAccount account, DeletedCognitiveAccount found, bool isThatDeletion = false)
    {
        Likeness likeness = Likenesses.Of(account, found);
        if (likeness == Likeness.Same || (likeness == Likeness.DeletedAgain && !isThatDeletion)) return;
        throw RecoveryErrors.NotMeant(account, found, likeness);
    }

    private bool IsFresh(DeletedCognitiveAccount account, TimeSpan age) =>
        account.Seen.Reader == reader && DateTime.UtcNow - account.Seen.At < age;

    private DeletedCognitiveAccount Seen(DeletedCognitiveAccount account)
    {
        account.Seen = (reader, DateTime.UtcNow);
        return account;
    }

    private static async IAsyncEnumerable<List<T>> ReadListAsync<T>(
        IAsyncEnumerable<List<T>> list, ArmFailure failure,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<List<T>> read = list.GetAsyncEnumerator(cancellationToken);
        await using (read.ConfigureAwait(false))
        {
            while (await ExplainAsync(read.MoveNextAsync().AsTask(), failure, cancellationToken).ConfigureAwait(false))
                yield return read.Current;
        }
    }

    private async Task<DeletedAccountList> ReadAllAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        DateTime readAt = DateTime.UtcNow;
        List<DeletedCognitiveAccount> accounts = [];
        List<RecoveryException> unreadable = [];
        await foreach (IReadOnlyList<DeletedCognitiveAccount> page in ListAsync(
            subscriptionId, unreadable.Add, cancellationToken).ConfigureAwait(false))
            accounts.AddRange(page);
        return new DeletedAccountList(accounts, unreadable, readAt);
    }

    private static async Task<T> ExplainAsync<T>(
        Task<T> read, ArmFailure failure, CancellationToken cancellationToken)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw failure.Explain(e);
        }
    }
}
