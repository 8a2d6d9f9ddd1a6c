using CogRecover.Core.Operations;

namespace CogRecover.Core;

/// <content>What was found out about accounts that something was to be done to.</content>
public static partial class RecoveryErrors
{
    internal static RecoveryException AlreadyExists(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.AccountAlreadyExists,
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}' wasn't restored: a live account of "
        + "that name stands there, and it isn't the one that was deleted.",
        $"Run {FindLive(AccountReference.Of(account))} to see what it is. Delete it and purge it before you restore "
        + "the other, or leave it.");

    internal static RecoveryException LivesAgain(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.PurgeFailed,
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}' wasn't purged: it lives again. "
        + "Somebody has restored it meanwhile.",
        $"Run {FindLive(AccountReference.Of(account))} to see it. To be rid of it, delete it and purge it then.");

    internal static RecoveryException DeletedAgain(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.PurgeFailed,
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}' wasn't purged: somebody has restored "
        + "it meanwhile, and it was deleted again.",
        $"Run {FindDeleted(account)} to see it. To be rid of it, pipe that into Remove-DeletedCognitiveAccount.");

    internal static RecoveryException StillDeleted(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.PurgeFailed,
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}' wasn't purged: the service answered "
        + "that nothing is there to purge, and still has it among the soft-deleted.",
        $"Run {FindDeleted(account)} to see whether it is still there, then purge it again.");

    /// <summary>What is soft-deleted under an account's name isn't, for sure, the account that was meant.</summary>
    internal static RecoveryException NotMeant(DeletedCognitiveAccount found, Likeness likeness)
    {
        string since = found.DeletionDate is { } date ? $", deleted {UtcDate.Format(date)}" : "";
        return new(
            RecoveryErrorId.DeletedAccountNotFound,
            likeness switch
            {
                Likeness.DeletedAgain => "It was restored since it was listed, and deleted again"
                    + (found.DeletionDate is { } again ? $" at {UtcDate.Format(again)}." : "."),
                Likeness.Another => $"Another account of that name is soft-deleted now{since}; the one that you mean "
                    + "is gone.",
                _ => $"An account of that name is soft-deleted{since}, which isn't when yours was, and nothing tells "
                    + "whether it is the same.",
            },
            $"Run {FindDeleted(found)} to see it, and pipe that on if you mean it.");
    }

    /// <summary>Nothing tells whether an account that was found is the one that was meant.</summary>
    /// <param name="how">Whether it lives or is soft-deleted, as a verb.</param>
    internal static RecoveryException NotTold(string how) => InvalidResponse(
        $"an account of that name {how}, and nothing in it tells whether it is the same one");

    internal static RecoveryException EndedBadly(AccountReference account, string state) => new(
        RecoveryErrorId.RestoreFailed,
        $"Account {account} was restored, but the service says that its state is {state}.",
        $"Run {FindLive(account)} to see it.");

    internal static RecoveryException RestoreUndone(AccountReference account) => new(
        RecoveryErrorId.RestoreFailed,
        $"Account {account} was being restored, and doesn't live any more: the restore has failed, or somebody deleted "
        + "it again.",
        $"Run Get-DeletedCognitiveAccount -Name '{Quote(account.Name)}' to see what it is, then restore it again.");

    internal static RecoveryException PurgeEnded(DeletedCognitiveAccount account, string state) => new(
        RecoveryErrorId.PurgeFailed,
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}' was being purged, and that has ended "
        + $"{state}.",
        $"Run Get-DeletedCognitiveAccount -Name '{Quote(account.Name)}' to see what it is, then purge it again.");

    private static string FindDeleted(DeletedCognitiveAccount account) =>
        $"Get-DeletedCognitiveAccount -SubscriptionId '{account.SubscriptionId}' -Name '{Quote(account.Name)}'";
}
