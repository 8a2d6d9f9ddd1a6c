namespace CogRecover.Core.Accounts;

/// <summary>Checks that deleted accounts haven't been replaced since they were last seen.</summary>
internal sealed class AccountVerifier(ArmRequests arm, AccountStore store, AccountFinder finder)
{
    // How long a look counts. A purge can't be undone.
    private static readonly TimeSpan FreshForRestore = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FreshForPurge = TimeSpan.FromSeconds(2);

    // Beyond this many restores, one list takes fewer of the reads that the service allows than a look at each account.
    private const int FewLooks = 30;

    private int looks;

    /// <summary>Checks before a restore that what is soft-deleted under an account's name is still that account. If
    /// that can't be seen, the account counts as unchanged.</summary>
    /// <param name="since">What was seen before this time, in UTC, doesn't count; null for some minutes ago.</param>
    /// <returns>The account as it is now; null if it isn't soft-deleted any more.</returns>
    /// <exception cref="RecoveryException">Another account is soft-deleted there now
    /// (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).</exception>
    public async Task<DeletedCognitiveAccount?> VerifyAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken, DateTime? since = null)
    {
        if (TryGetFresh(account, since ?? DateTime.UtcNow - FreshForRestore) is { } fresh) return fresh;
        try
        {
            return (Interlocked.Increment(ref looks) > FewLooks
                    ? await FindInListAsync(account, since, cancellationToken).ConfigureAwait(false) : null)
                ?? await LookAsync(account, isDeletedAgainRefused: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!IsReplaced(e) && !cancellationToken.IsCancellationRequested)
        {
            return account;
        }
    }

    /// <summary>Checks the same before a purge, and also refuses an account that was restored and deleted again in the
    /// meantime. If the caller isn't allowed to look, the account counts as unchanged.</summary>
    /// <returns>The account as it is now; null if it isn't soft-deleted any more.</returns>
    /// <exception cref="RecoveryException">Another is soft-deleted there now
    /// (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>), or that can't be found out.</exception>
    public async Task<DeletedCognitiveAccount?> VerifyForPurgeAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        if (TryGetFresh(account, DateTime.UtcNow - FreshForPurge) is { } fresh) return fresh;
        try
        {
            return await arm.LookAsync(
                token => LookAsync(account, isDeletedAgainRefused: true, token), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            return account;
        }
        catch (Exception e) when (!IsReplaced(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new LookupAttempt(AccountReference.Of(account)).Explain(e);
        }
    }

    private static bool IsReplaced(Exception e) =>
        e is RecoveryException { ErrorId: RecoveryErrorId.DeletedAccountNotFound };

    private async Task<DeletedCognitiveAccount?> LookAsync(
        DeletedCognitiveAccount account, bool isDeletedAgainRefused, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? found = await store.GetAsync(AccountReference.Of(account), cancellationToken)
            .ConfigureAwait(false);
        if (found is null) return null;
        AccountMatches.RequireSame(account, found, isDeletedAgainRefused);
        finder.Sightings.Note(account, found);
        return found;
    }

    private async Task<DeletedCognitiveAccount?> FindInListAsync(
        DeletedCognitiveAccount account, DateTime? since, CancellationToken cancellationToken)
    {
        var reference = AccountReference.Of(account);
        DeletedAccountList list = await finder.ListOnceAsync(
            reference.SubscriptionId, cancellationToken, since is null ? null : read => read.ReadAt < since)
            .ConfigureAwait(false);
        DeletedCognitiveAccount? same = list.Accounts.FirstOrDefault(listed =>
            reference.Matches(listed)
            && TryGetFresh(listed, since ?? DateTime.UtcNow - FreshForRestore) is not null
            && AccountMatches.Compare(account, listed) == AccountMatch.Same);
        if (same is not null) finder.Sightings.Note(account, same, finder.Sightings.Last(same).At);
        return same;
    }

    private DeletedCognitiveAccount? TryGetFresh(DeletedCognitiveAccount account, DateTime since) =>
        finder.Sightings.Last(account) is var (at, seen) && at > since ? seen : null;
}
