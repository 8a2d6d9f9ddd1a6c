namespace CogRecover.Core.Dependencies;

/// <summary>Checks whether accounts can be restored, before anything is written. What several accounts share is read
/// once. Safe to be used from many threads at once.</summary>
internal sealed class RestorePrerequisites(SharedReads reads, AccountVerifier verifier)
{
    /// <summary>Makes all checks that apply to an account. What can't be checked is unknown.</summary>
    /// <returns>The checks, and the account itself where it lives already.</returns>
    /// <exception cref="RecoveryException">Nothing, or another account, is soft-deleted under its name by now
    /// (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).</exception>
    public Task<(RestoreTestResult Result, CognitiveAccount? Live)> TestAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken = default) =>
        ExplainAsync(account, async () =>
        {
            AccountReference reference = AccountReference.Of(account);
            Task<DeletedCognitiveAccount?> current = verifier.VerifyAsync(account, cancellationToken);
            Task<(RestoreCheck Check, CognitiveAccount? Live)> name =
                new NameCheck(reads).RunAsync(account, current, reference, cancellationToken);
            Task<RestoreCheck[]> others = Task.WhenAll([
                RetentionCheck.RunAsync(account, current, DateTime.UtcNow),
                new ResourceGroupCheck(reads).RunAsync(reference, cancellationToken),
                new PermissionCheck(reads).RunAsync(reference, cancellationToken),
                .. account.KeyVaultUri is null
                    ? Array.Empty<Task<RestoreCheck>>()
                    : [new KeyVaultCheck(reads).RunAsync(account, cancellationToken)],
                .. account.UserOwnedStorage.Distinct(StringComparer.OrdinalIgnoreCase)
                    .Select(id => new StorageCheck(reads).RunAsync(id, cancellationToken)),
                .. account.Subnets.Distinct(StringComparer.OrdinalIgnoreCase)
                    .Select(id => new NetworkCheck(reads).RunAsync(account, id, cancellationToken)),
            ]);
            await Task.WhenAll(name, others).ConfigureAwait(false);
            RestoreCheck[] checks = await others.ConfigureAwait(false);
            (RestoreCheck nameCheck, CognitiveAccount? live) = await name.ConfigureAwait(false);
            if (live is null && await current.ConfigureAwait(false) is null
                && nameCheck.ErrorId != RecoveryErrorId.AccountAlreadyExists)
                throw RestoreErrors.NoLongerDeleted(account);
            return (new RestoreTestResult
            {
                Name = account.Name,
                ResourceGroupName = account.ResourceGroupName,
                Location = account.Location,
                SubscriptionId = account.SubscriptionId,
                DeletionDate = account.DeletionDate,
                ResourceId = account.ResourceId,
                Checks = new ValueList<RestoreCheck>(
                    new[] { checks[0], nameCheck }.Concat(checks.Skip(1)).OrderBy(check => check.Status)),
            }, live);
        });

    /// <summary>Checks for the account's resource group only.</summary>
    /// <exception cref="RecoveryException">Another account is soft-deleted under its name by now, or neither the
    /// account nor its group is there (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).</exception>
    public Task<RestoreCheck> TestResourceGroupAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken = default) =>
        ExplainAsync(account, async () =>
        {
            Task<RestoreCheck> group = new ResourceGroupCheck(reads).RunAsync(
                AccountReference.Of(account), cancellationToken);
            Task<DeletedCognitiveAccount?> current = verifier.VerifyAsync(account, cancellationToken);
            await Task.WhenAll(group, current).ConfigureAwait(false);
            RestoreCheck check = await group.ConfigureAwait(false);
            if (check.Status == RestoreCheckStatus.Failed) RequireDeleted(account, await current.ConfigureAwait(false));
            return check;
        });

    /// <summary>Checks, before its resource group is created, that an account is still soft-deleted, and that nobody
    /// purges it.</summary>
    /// <exception cref="RecoveryException">It isn't, or another is there now
    /// (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).</exception>
    public Task RequireDeletedAsync(DeletedCognitiveAccount account, CancellationToken cancellationToken = default) =>
        ExplainAsync(account, async () => RequireDeleted(
            account, await verifier.VerifyAsync(account, cancellationToken).ConfigureAwait(false)),
            undone: "its resource group wasn't created");

    private static DeletedCognitiveAccount RequireDeleted(
        DeletedCognitiveAccount account, DeletedCognitiveAccount? current) =>
        current is null ? throw RestoreErrors.NoLongerDeleted(account)
        : ProvisioningState.IsDeleting(current.ProvisioningState) ? throw RestoreErrors.BeingPurged(account)
        : current;

    private static async Task<T> ExplainAsync<T>(
        DeletedCognitiveAccount account, Func<Task<T>> test, string undone = "nothing was sent")
    {
        try
        {
            return await test().ConfigureAwait(false);
        }
        catch (RecoveryException e)
        {
            throw e.WithPrefix($"Account {AccountReference.Of(account)} can't be restored, and {undone}");
        }
    }
}
