namespace CogRecover.Core.Operations;

/// <summary>Starts restores and purges, and brings back what accounts need. Waiting is the caller's choice; start and
/// wait together take no longer than the timeout. What takes longer, or is canceled, goes on at the service.
/// </summary>
internal sealed class AccountOperations(
    ArmRequests arm, AccountStore store, AccountVerifier verifier, HolderSearch holders,
    UnawaitedPurges unawaited)
{
    private readonly ConcurrentDictionary<string, FirstRequest> first = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts to restore an account.</summary>
    /// <param name="isWanted">Whether the caller restores another account too, so that no purge of it is advised; null
    /// for none.</param>
    /// <exception cref="RecoveryException">The account isn't restored, or that isn't known.</exception>
    public Task<OperationHandle<RestoreOutcome>> StartRestoreAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, IOperationObserver? observer = null,
        Func<DeletedCognitiveAccount, bool>? isWanted = null, CancellationToken cancellationToken = default) =>
        StartAsync(
            new RestoreOperation(arm, store, verifier, holders, AccountReference.Of(account), account, isWanted),
            timeout, observer, cancellationToken);

    /// <summary>Follows the restore of what lives: it is under way, or has ended.</summary>
    /// <exception cref="RecoveryException">It has ended badly
    /// (<see cref="RecoveryErrorId.RestoreFailed"/>).</exception>
    public OperationHandle<RestoreOutcome> FollowRestore(
        CognitiveAccount live, TimeSpan timeout, IOperationObserver? observer = null)
    {
        var restore = new RestoreOperation(
            arm, store, verifier, holders, AccountReference.Of(live), account: null);
        return Follow(restore, restore.StatusOf(live), timeout, observer, isJustSeen: true);
    }

    /// <summary>Checks, as a purge does first, that a soft-deleted account is still there.</summary>
    /// <returns>The account as it is now; null if it isn't soft-deleted any more.</returns>
    /// <exception cref="RecoveryException">Another is soft-deleted there now
    /// (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>), or that can't be found out.</exception>
    public async Task<DeletedCognitiveAccount?> VerifyBeforePurgeAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken = default)
    {
        try
        {
            return await verifier.VerifyForPurgeAsync(account, cancellationToken).ConfigureAwait(false);
        }
        catch (RecoveryException e)
        {
            throw e.WithPrefix($"{new PurgeAttempt(account).NotDone}, and nothing was sent");
        }
    }

    /// <summary>Starts to purge an account for good.</summary>
    /// <exception cref="RecoveryException">The account isn't purged, or that isn't known.</exception>
    public Task<OperationHandle<PurgeOutcome>> StartPurgeAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, IOperationObserver? observer = null,
        CancellationToken cancellationToken = default) =>
        StartAsync(new PurgeOperation(arm, store, verifier, unawaited, account), timeout, observer, cancellationToken);

    /// <summary>Follows a purge that is under way.</summary>
    public OperationHandle<PurgeOutcome> FollowPurge(
        DeletedCognitiveAccount account, TimeSpan timeout, IOperationObserver? observer = null) => Follow(
        new PurgeOperation(arm, store, verifier, unawaited, account),
        OperationStatus<PurgeOutcome>.UnderWay(new(account, Existed: true)), timeout, observer, isJustSeen: false);

    /// <summary>Brings back a resource that accounts need, and waits for it.</summary>
    /// <param name="isWanted">Whether somebody still wants it once its deletion was waited for; null for yes.</param>
    /// <returns>Whether it was brought back: it may be there by now, or not be wanted any more.</returns>
    /// <exception cref="RecoveryException">It isn't brought back.</exception>
    public async Task<bool> RecoverAsync(
        RecoverableResource resource, TimeSpan timeout, IOperationObserver? observer = null,
        Func<CancellationToken, Task<bool>>? isWanted = null, CancellationToken cancellationToken = default)
    {
        OperationHandle<bool> recovery = await StartAsync(
            new ResourceRecovery(arm, resource, isWanted), timeout, observer, cancellationToken).ConfigureAwait(false);
        return await recovery.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<OperationHandle<T>> StartAsync<T>(
        AccountOperation<T> operation, TimeSpan timeout, IOperationObserver? observer,
        CancellationToken cancellationToken) =>
        new OperationStarter<T>(
            arm, operation, first.GetOrAdd(operation.Scope, _ => new()), timeout, observer)
            .StartAsync(cancellationToken);

    private OperationHandle<T> Follow<T>(
        AccountOperation<T> operation, OperationStatus<T> found, TimeSpan timeout, IOperationObserver? observer,
        bool isJustSeen)
    {
        if (found.Stage == OperationStage.UnderWay) observer?.Accepted();
        return new(arm, operation, new TimeLimit(timeout), found, isJustSeen: isJustSeen);
    }
}
