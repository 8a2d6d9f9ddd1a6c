namespace CogRecover.Core.Errors;

/// <summary>An account wasn't restored.</summary>
internal static class RestoreErrors
{
    /// <summary>Something that the account needs couldn't be brought back, so that the restore wasn't sent.</summary>
    /// <param name="lives">Whether the account lived already.</param>
    public static RecoveryException NotBroughtBack(string account, RecoveryException cause, bool lives) =>
        cause.WithPrefix(
            $"Account '{account}' {(lives ? "is live, but lacks something that it needs" : "wasn't restored")}");

    /// <summary>What the account needs was brought back, and then the restore failed.</summary>
    /// <param name="done">What was brought back, as sentences; empty for nothing.</param>
    public static RecoveryException BroughtBack(RecoveryException cause, string done) =>
        done.Length == 0 ? cause : cause.WithPrefix(done.TrimEnd(' ', '.'));

    /// <summary>Something that the restore needs is missing, so that it wasn't sent.</summary>
    /// <param name="failed">The checks that failed: one at least. The first gives the id.</param>
    /// <param name="wasRefused">Whether a request was sent before, and refused.</param>
    public static RecoveryException PrerequisitesFailed(
        DeletedCognitiveAccount account, IReadOnlyList<RestoreCheck> failed, bool wasRefused = false) => new(
        failed[0].ErrorId ?? RecoveryErrorId.RestoreFailed,
        $"Account {AccountReference.Of(account)} {(wasRefused ? "wasn't" : "can't be")} restored"
        + $"{(wasRefused ? "" : ", and nothing was sent")}. "
        + string.Join(" ", failed.Select(check => check.Message)),
        string.Join(" ", failed.Select(check => check.RecommendedAction)));

    /// <summary>Another account lives under the name.</summary>
    public static RecoveryException AlreadyExists(AccountReference account) => new(RecoveryErrorId.AccountAlreadyExists,
        $"Account {account} wasn't restored: another account of that name is live.",
        $"Run {NextCommand.GetLive(account)} to see what it is. If you don't need it, delete it and purge it, then "
        + "restore this one.");

    public static RecoveryException BeingPurged(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.OperationInProgress,
        "The account is being purged, and can't be restored any more.",
        $"Run {NextCommand.GetDeleted(account)} to see when it is gone. Then create the account again: its keys and "
        + "deployments can't be brought back.");

    /// <summary>The account is neither soft-deleted any more, nor live.</summary>
    public static RecoveryException NoLongerDeleted(DeletedCognitiveAccount account) =>
        account.ScheduledPurgeDate is { } purge && purge < DateTime.UtcNow
            ? new(
                RecoveryErrorId.RetentionExpired,
                $"The 48 hours ended at {UtcDate.Format(purge)}, and no account of its name is soft-deleted any more.",
                "Create the account again. Its keys and deployments can't be brought back.")
            : new(
                RecoveryErrorId.DeletedAccountNotFound,
                "No account of its name is soft-deleted any more: it was purged, or somebody has restored it.",
                $"Run {NextCommand.GetLive(AccountReference.Of(account))} to see whether it is live.");

    /// <summary>The same command restores another account of that name and group.</summary>
    public static RecoveryException NameIsTaken(DeletedCognitiveAccount account, DeletedCognitiveAccount other) => new(
        RecoveryErrorId.AccountAlreadyExists,
        $"Account {AccountReference.Of(account)} ({account.Location}) wasn't restored, and nothing was sent: this "
        + $"command restores the account of the same name in location '{other.Location}', and only one live account "
        + "can have the name.",
        $"Run {NextCommand.GetDeleted(account)} to see both. To restore this one, delete and purge the other after its "
        + "restore, then run the command again.");

    public static RecoveryException EndedBadly(AccountReference account, string state) => new(
        RecoveryErrorId.RestoreFailed,
        $"Account {account} is live, but the service says that its state is {state}.",
        $"Run {NextCommand.GetLive(account)} to see it.");

    public static RecoveryException RestoreUndone(AccountReference account) => new(RecoveryErrorId.RestoreFailed,
        $"Account {account} was being restored, but doesn't exist any more: the restore has failed, or somebody "
        + "deleted the account again.",
        $"Run {NextCommand.GetDeleted(account.SubscriptionId, account.Name)} to see its state, then restore it again.");
}
