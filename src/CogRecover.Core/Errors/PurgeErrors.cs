namespace CogRecover.Core.Errors;

/// <summary>An account wasn't purged.</summary>
internal static class PurgeErrors
{
    public static RecoveryException RestoredMeanwhile(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.PurgeFailed,
        $"Account {AccountReference.Of(account)} wasn't purged: somebody has restored it, and it is live again.",
        $"Run {NextCommand.GetLive(AccountReference.Of(account))} to see it. To remove it, delete it and then "
        + "purge it.");

    public static RecoveryException DeletedAgain(DeletedCognitiveAccount account) => new(RecoveryErrorId.PurgeFailed,
        $"Account {AccountReference.Of(account)} wasn't purged: somebody restored it in the meantime, and it was "
        + "deleted again.",
        $"Run {NextCommand.GetDeleted(account)} to see it. To purge it, pipe the result into "
        + "Remove-DeletedCognitiveAccount.");

    public static RecoveryException StillDeleted(DeletedCognitiveAccount account) => new(RecoveryErrorId.PurgeFailed,
        $"Account {AccountReference.Of(account)} wasn't purged: the service answered that there is nothing to purge, "
        + "but the account is still soft-deleted.",
        $"Run {NextCommand.GetDeleted(account)} to see whether it is still there, then purge it again.");

    public static RecoveryException PurgeEnded(DeletedCognitiveAccount account, string state) => new(
        RecoveryErrorId.PurgeFailed,
        $"The purge of account {AccountReference.Of(account)} has ended with state {state}.",
        $"Run {NextCommand.GetDeleted(account)} to see its state, then purge it again.");

    public static RecoveryException NoLongerUnderWay(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.PurgeFailed,
        $"The purge of account {AccountReference.Of(account)} has stopped, and the account is still soft-deleted.",
        $"Run {NextCommand.GetDeleted(account)} to see its state, then purge it again.");
}
