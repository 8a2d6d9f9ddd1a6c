namespace CogRecover.Batch;

/// <summary>Finds the accounts that a user named, and explains what isn't found.</summary>
/// <param name="command">The command's name, for the next line to type.</param>
internal sealed class AccountSearch(AccountRecovery recovery, string command)
{
    public Task<DeletedCognitiveAccount> FindAsync(AccountInput input, CancellationToken cancellationToken)
    {
        recovery.AddSubscriptionName(input.Account);
        return input.Account is { } account
            ? Task.FromResult(account)
            : recovery.Finder.FindAsync(input.Reference(), cancellationToken, input.GivenAt);
    }

    /// <summary>Finds what lives under the name of an account that isn't soft-deleted.</summary>
    /// <returns>What lives, null if nothing does, and whether the caller may see it.</returns>
    public async Task<(bool IsVisible, CognitiveAccount? Live)> FindLiveAsync(
        AccountReference reference, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await recovery.Accounts.FindLiveAsync(reference, cancellationToken));
        }
        catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.AuthorizationFailed)
        {
            return (false, null);
        }
    }

    /// <summary>Does the same, and doesn't throw.</summary>
    /// <returns>Whether it could be found out, and what lives. What the caller may not see counts as not there: the
    /// service has said that nothing is deleted.</returns>
    public async Task<(bool IsKnown, CognitiveAccount? Live)> TryFindLiveAsync(
        AccountReference reference, CancellationToken cancellationToken)
    {
        try
        {
            return (true, (await FindLiveAsync(reference, cancellationToken)).Live);
        }
        catch (RecoveryException)
        {
            return (false, null);
        }
    }

    /// <summary>Finds the accounts that the user may have meant, without those that were deleted at another
    /// time.</summary>
    public async Task<DeletedCognitiveAccount[]> FindSimilarAsync(
        AccountInput input, CancellationToken cancellationToken) =>
        [.. (await recovery.Finder.FindSimilarAsync(input.Reference(), cancellationToken)).Where(input.IsDeletion)];

    /// <summary>Adds the accounts that the user may have meant to the failure that one wasn't found.</summary>
    public async Task<RecoveryException> ExplainAsync(
        AccountInput input, RecoveryException failure, CancellationToken cancellationToken)
    {
        if (input.Account is not null || failure.ErrorId is not
            (RecoveryErrorId.DeletedAccountNotFound or RecoveryErrorId.InvalidLocation)) return failure;
        try
        {
            DeletedCognitiveAccount[] similar = await FindSimilarAsync(input, cancellationToken);
            return similar.Length == 0 ? failure : LookupErrors.NotFound(failure, input.Reference(), similar, command);
        }
        catch (RecoveryException)
        {
            // What was given isn't well-formed, which is what the failure says.
            return failure;
        }
    }
}
