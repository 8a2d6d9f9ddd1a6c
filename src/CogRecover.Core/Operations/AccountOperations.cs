namespace CogRecover.Core.Operations;

/// <summary>Starts restores, purges and the creation of resource groups. Waiting for them is the caller's choice.
/// </summary>
internal sealed class AccountOperations
{
    private readonly ArmRequests arm;
    private readonly AccountStore store;
    private readonly AccountVerifier verifier;
    private readonly BegunOperations begun;

    public AccountOperations(
        ArmRequests arm, AccountStore store, AccountVerifier verifier, BegunOperations begun) =>
        (this.arm, this.store, this.verifier, this.begun) = (arm, store, verifier, begun);

    /// <summary>Starts to restore an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long the start and the wait may take. An operation that takes longer goes on.</param>
    /// <param name="observer">Receives how it goes; null for nobody.</param>
    /// <param name="cancellationToken">Stops it. What the service has accepted goes on there.</param>
    /// <exception cref="RecoveryException">The account isn't restored, or that isn't known.</exception>
    public Task<OperationHandle<RestoreOutcome>> StartRestoreAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, IOperationObserver? observer = null,
        CancellationToken cancellationToken = default)
    {
        var restore = new RestoreOperation(arm, store, verifier, AccountReference.Of(account), account);
        return OperationHandle<RestoreOutcome>.StartAsync(new(arm, restore, timeout, observer), cancellationToken);
    }

    /// <summary>Follows a restore that is under way, or has ended.</summary>
    /// <param name="live">The account, as it lives.</param>
    /// <param name="timeout">How long the wait may take.</param>
    /// <param name="observer">Receives how it goes; null for nobody.</param>
    /// <exception cref="RecoveryException">It has ended badly (<see cref="RecoveryErrorId.RestoreFailed"/>).</exception>
    public OperationHandle<RestoreOutcome> FollowRestore(
        CognitiveAccount live, TimeSpan timeout, IOperationObserver? observer = null)
    {
        var restore = new RestoreOperation(arm, store, verifier, AccountReference.Of(live), account: null);
        return OperationHandle<RestoreOutcome>.Follow(new(arm, restore, timeout, observer), restore.Judge(live), isJustSeen: true);
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
            throw e.Of($"{new PurgeAttempt(account).Undone}, and nothing was sent");
        }
    }

    /// <summary>Starts to purge an account for good.</summary>
    /// <inheritdoc cref="StartRestoreAsync"/>
    public Task<OperationHandle<PurgeOutcome>> StartPurgeAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, IOperationObserver? observer = null,
        CancellationToken cancellationToken = default) =>
        OperationHandle<PurgeOutcome>.StartAsync(
            new(arm, new PurgeOperation(arm, store, verifier, begun, account), timeout, observer), cancellationToken);

    /// <summary>Follows a purge that is under way.</summary>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long the wait may take.</param>
    /// <param name="observer">Receives how it goes; null for nobody.</param>
    public OperationHandle<PurgeOutcome> FollowPurge(
        DeletedCognitiveAccount account, TimeSpan timeout, IOperationObserver? observer = null) =>
        OperationHandle<PurgeOutcome>.Follow(
            new(arm, new PurgeOperation(arm, store, verifier, begun, account), timeout, observer),
            OperationStatus<PurgeOutcome>.UnderWay(new(account, WasThere: true)), isJustSeen: false);

    /// <summary>Creates the resource group of an account, in the account's location.</summary>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="RecoveryException">It isn't created.</exception>
    public async Task CreateGroupAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        OperationHandle<bool> creation = await OperationHandle<bool>.StartAsync(
            new(arm, new GroupCreation(arm, account), timeout, observer: null), cancellationToken)
            .ConfigureAwait(false);
        await creation.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
