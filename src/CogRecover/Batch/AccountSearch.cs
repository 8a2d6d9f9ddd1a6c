namespace CogRecover.Batch;

/// <summary>Finds the accounts that a user named, and explains what isn't found.</summary>
/// <param name="command">The command's name, for the next line to type.</param>
internal sealed class AccountSearch(AccountRecovery recovery, string command)
{
    public Task<DeletedCognitiveAccount> FindAsync(AccountInput input, CancellationToken cancellationToken) =>
        input.Account is { } account
            ? Task.FromResult(account)
            : recovery.Finder.FindAsync(input.Reference(), cancellationToken, input.GivenAt);

    /// <summary>Finds the accounts that the user may have meant, without those that were deleted at another
    /// time.</summary>
    public async Task<DeletedCognitiveAccount[]> FindSimilarAsync(
        AccountInput input, CancellationToken cancellationToken) =>
        [.. (await recovery.Finder.FindSimilarAsync(input.Reference(), cancellationToken)).Where(input.IsDeletion)];

    /// <summary>Adds the accounts that the user may have meant to the failure that one wasn't found.</summary>
    public async Task<RecoveryException> ExplainAsync(
        AccountInput input, RecoveryException failure, CancellationToken cancellationToken)
    {
        if (failure.ErrorId != RecoveryErrorId.DeletedAccountNotFound || input.Account is not null) return failure;
        DeletedCognitiveAccount[] similar = await FindSimilarAsync(input, cancellationToken);
        return similar.Length == 0 ? failure : LookupErrors.NotFound(failure, input.Reference(), similar, command);
    }
}
