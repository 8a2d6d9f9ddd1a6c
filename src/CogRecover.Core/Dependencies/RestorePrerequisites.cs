namespace CogRecover.Core.Dependencies;

/// <summary>What is known of an account before its restore.</summary>
/// <param name="Needed">What it can't be restored without.</param>
/// <param name="Live">The account itself where it lives already; else null.</param>
internal sealed record RestoreLook(
    RestoreTestResult Result, IReadOnlyList<DependencyStatus> Needed, CognitiveAccount? Live);

/// <summary>Checks whether accounts can be restored, before anything is written. What several accounts share is read
/// once. Safe to be used from many threads at once.</summary>
/// <param name="present">Makes a text what the user gets.</param>
internal sealed class RestorePrerequisites(
    SharedReads reads, AccountVerifier verifier, FreeTierCheck freeTier, Func<string, string> present)
{
    private const string NothingSent = "can't be restored, and nothing was sent";

    // Each account reads here what was brought back for it, and only after that.
    private readonly Lazy<SharedReads> afterRecovery = new(reads.Renew);

    /// <summary>Makes all checks that apply to an account. What can't be checked is unknown.</summary>
    /// <param name="scope">What the restore brings back; null where the checks say only what is there.</param>
    /// <exception cref="RecoveryException">Nothing, or another account, is soft-deleted under its name by now
    /// (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).</exception>
    public Task<RestoreLook> TestAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken = default, RestoreScope? scope = null) =>
        ExplainAsync(account, async () =>
        {
            AccountReference reference = AccountReference.Of(account);
            Task<DeletedCognitiveAccount?> current = verifier.VerifyAsync(account, cancellationToken);
            Task<(RestoreCheck Check, CognitiveAccount? Live)> name =
                new NameCheck(reads).RunAsync(account, current, reference, cancellationToken);
            Task<RestoreCheck> retention = RetentionCheck.RunAsync(account, current, DateTime.UtcNow);
            Task<RestoreCheck> permission = new PermissionCheck(reads).RunAsync(reference, cancellationToken);
            Task<RestoreCheck> subscription = new SubscriptionCheck(reads).RunAsync(account, cancellationToken);
            Task<RestoreCheck> locks = new LockCheck(reads).RunAsync(reference, cancellationToken);
            Task<RestoreCheck?> tier = freeTier.RunAsync(account, cancellationToken);
            Task<DependencyStatus[]> needed = LookAsync(
                AccountDependencies.Needed(account, reads), cancellationToken);
            Task<DependencyStatus[]> lost = LookAsync(AccountDependencies.Lost(account, reads), cancellationToken);
            await Task.WhenAll(name, retention, subscription, permission, locks, tier, needed, lost)
                .ConfigureAwait(false);
            (RestoreCheck nameCheck, CognitiveAccount? live) = await name.ConfigureAwait(false);
            if (live is null && await current.ConfigureAwait(false) is null
                && nameCheck.ErrorId != RecoveryErrorId.AccountAlreadyExists)
                throw RestoreErrors.NoLongerDeleted(account);
            DependencyStatus[] statuses = await needed.ConfigureAwait(false);
            RestoreCheck[] needs = [.. statuses.Select(status => scope?.Judge(account, status) ?? status.Check)];
            IEnumerable<RestoreCheck> checks = [
                await retention.ConfigureAwait(false), Present(await subscription.ConfigureAwait(false)),
                Present(nameCheck),
                .. new[] { await tier.ConfigureAwait(false) }.OfType<RestoreCheck>().Select(Present),
                .. needs.Take(1), Present(await permission.ConfigureAwait(false)),
                Present(await locks.ConfigureAwait(false)),
                .. needs.Skip(1), .. (await lost.ConfigureAwait(false)).Select(status => status.Check)];
            return new RestoreLook(
                new RestoreTestResult
                {
                    Name = account.Name,
                    ResourceGroupName = account.ResourceGroupName,
                    Location = account.Location,
                    SubscriptionId = account.SubscriptionId,
                    DeletionDate = account.DeletionDate,
                    ResourceId = account.ResourceId,
                    Checks = new ValueList<RestoreCheck>(checks.OrderBy(check => check.Status)),
                },
                statuses, live);
        });

    /// <summary>Looks only at what an account needs, and at what of that can be brought back.</summary>
    /// <param name="isGroupOnly">Whether only its resource group is looked at.</param>
    /// <param name="again">Whether what was read before doesn't count.</param>
    /// <exception cref="RecoveryException">Another account is soft-deleted under its name by now, or neither the
    /// account nor its group is there (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).</exception>
    public Task<IReadOnlyList<DependencyStatus>> TestNeededAsync(
        DeletedCognitiveAccount account, bool isGroupOnly, bool again = false,
        CancellationToken cancellationToken = default) =>
        ExplainAsync<IReadOnlyList<DependencyStatus>>(account, async () =>
        {
            IEnumerable<IDependency> needed = AccountDependencies.Needed(account, again ? reads.Renew() : reads);
            Task<DependencyStatus[]> looks = LookAsync(needed.Take(isGroupOnly ? 1 : int.MaxValue), cancellationToken);
            Task<DeletedCognitiveAccount?> current = verifier.VerifyAsync(
                account, cancellationToken, again ? DateTime.UtcNow : null);
            await Task.WhenAll(looks, current).ConfigureAwait(false);
            DependencyStatus[] statuses = await looks.ConfigureAwait(false);
            if (statuses.Any(status => status.HasFailed))
                RequireDeleted(account, await current.ConfigureAwait(false));
            return statuses;
        }, again ? "wasn't restored" : NothingSent);

    /// <summary>Finds what an account had and its restore hasn't brought back.</summary>
    /// <param name="wasBroughtBack">Whether something was brought back for it, so that it has to be looked at
    /// again.</param>
    /// <param name="hasUnknown">Whether what couldn't be seen belongs to it.</param>
    /// <param name="looks">Whether to look at what else there is; else only what the account itself tells
    /// counts.</param>
    public async Task<IReadOnlyList<RestoreCheck>> FindLostAsync(
        DeletedCognitiveAccount account, bool wasBroughtBack, bool hasUnknown, bool looks,
        CancellationToken cancellationToken = default)
    {
        DependencyStatus[] lost = await LookAsync(
            looks
                ? AccountDependencies.Lost(account, reads, wasBroughtBack ? afterRecovery.Value : null)
                : LostWithAccount.Of(account),
            cancellationToken).ConfigureAwait(false);
        return [.. lost.Select(status => status.Check).Where(check => check.Status != RestoreCheckStatus.Passed
            && (hasUnknown || check.Status != RestoreCheckStatus.Unknown))];
    }

    /// <summary>Checks, before something is written for an account, that it is still soft-deleted, and that nobody
    /// purges it.</summary>
    /// <param name="since">What was seen before this time, in UTC, doesn't count; null for some minutes ago.</param>
    /// <exception cref="RecoveryException">It isn't, or another is there now
    /// (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).</exception>
    public Task RequireDeletedAsync(
        DeletedCognitiveAccount account, DateTime? since = null, CancellationToken cancellationToken = default) =>
        ExplainAsync(account, async () => RequireDeleted(
            account, await verifier.VerifyAsync(account, cancellationToken, since).ConfigureAwait(false)),
            "can't be restored");

    private async Task<DependencyStatus[]> LookAsync(
        IEnumerable<IDependency> dependencies, CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(dependencies.Select(dependency => dependency.LookAsync(cancellationToken)))
            .ConfigureAwait(false)).OfType<DependencyStatus>()
            .Select(status => status with { Check = Present(status.Check) })];

    private RestoreCheck Present(RestoreCheck check) => Check.Present(check, present);

    private static DeletedCognitiveAccount RequireDeleted(
        DeletedCognitiveAccount account, DeletedCognitiveAccount? current) =>
        current is null ? throw RestoreErrors.NoLongerDeleted(account)
        : ProvisioningState.IsDeleting(current.ProvisioningState) ? throw RestoreErrors.BeingPurged(account)
        : current;

    private static async Task<T> ExplainAsync<T>(
        DeletedCognitiveAccount account, Func<Task<T>> test, string undone = NothingSent)
    {
        try
        {
            return await test().ConfigureAwait(false);
        }
        catch (RecoveryException e)
        {
            throw e.WithPrefix($"Account {AccountReference.Of(account)} {undone}");
        }
    }
}
