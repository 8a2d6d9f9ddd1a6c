using CogRecover.Core.Operations;

namespace CogRecover.Core.Tests;

/// <summary>Starts operations, and waits for them.</summary>
internal static class RecoveryExtensions
{
    public static async Task<RestoreOutcome> RestoreAsync(
        this AccountRecovery recovery, DeletedCognitiveAccount account, TimeSpan timeout,
        IOperationObserver? observer = null, CancellationToken cancellationToken = default)
    {
        OperationHandle<RestoreOutcome> restore = await recovery.Operations.StartRestoreAsync(
            account, timeout, observer, cancellationToken: cancellationToken);
        return await restore.WaitAsync(cancellationToken);
    }

    /// <returns>Whether there was an account to purge.</returns>
    public static async Task<bool> PurgeAsync(
        this AccountRecovery recovery, DeletedCognitiveAccount account, TimeSpan timeout,
        IOperationObserver? observer = null, CancellationToken cancellationToken = default)
    {
        OperationHandle<PurgeOutcome> purge = await recovery.Operations.StartPurgeAsync(
            account, timeout, observer, cancellationToken);
        return (await purge.WaitAsync(cancellationToken)).Existed;
    }
}
