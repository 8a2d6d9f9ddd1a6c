using CogRecover.Core.Accounts;
using CogRecover.Core.References;

namespace CogRecover.Core.Errors;

/// <content>What was found out about accounts that something was to be done to.</content>
public static partial class RecoveryErrors
{
    internal static RecoveryException AlreadyExists(DeletedCognitiveAccount account) =>
        AlreadyExists(AccountReference.Of(account));

    /// <summary>Another account lives under the name of the one that is to be restored.</summary>
    public static RecoveryException AlreadyExists(AccountReference account) => new(
        RecoveryErrorId.AccountAlreadyExists,
        $"Account {account} wasn't restored: another account of that name lives there.",
        $"Run {FindLive(account)} to see what it is. Delete it and purge it before you restore the other, or leave it.");

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
    internal static RecoveryException NotMeant(
        DeletedCognitiveAccount meant, DeletedCognitiveAccount found, AccountMatch match) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        match switch
        {
            AccountMatch.DeletedAgain => "It was restored since it was listed, and deleted again. ",
            AccountMatch.Another => "Another account of that name is soft-deleted now; the one that you mean is gone. ",
            _ => "An account of that name is soft-deleted, and nothing tells whether it is the one that you mean. ",
        } + Deletions(meant.DeletionDate is { } date ? UtcDate.FormatSeconds(date) : null, found),
        LookFirst(found));

    /// <summary>What is soft-deleted was deleted at another time than the account that was meant.</summary>
    /// <param name="found">What is soft-deleted.</param>
    /// <param name="meant">When the account that was meant was deleted, as text.</param>
    /// <param name="attempt">What wasn't done, as a verb: <c>purged</c>.</param>
    public static RecoveryException DeletedAtAnotherTime(
        DeletedCognitiveAccount found, string meant, string attempt) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"Account {AccountReference.Of(found)} wasn't {attempt}, and nothing was sent. The account of that name that is "
        + $"soft-deleted now isn't the one that you mean. {Deletions(meant, found)}",
        LookFirst(found));

    /// <summary>The date of a deletion that came with an account can't be read.</summary>
    /// <param name="given">What came.</param>
    /// <param name="account">The account, as it was named.</param>
    public static RecoveryException InvalidDeletionDate(string given, string account) => new(
        RecoveryErrorId.InvalidDeletionDate,
        $"Account '{account}': '{given}' can't be read as the date of its deletion, and without it nothing tells whether "
        + "the account is still the one that you mean.",
        "Give the date as Get-DeletedCognitiveAccount writes it, such as 2026-11-25T14:02:37Z, or work in the culture "
        + "that the file was written in. In a file that Az wrote, select it first: Select-Object Id, @{ n = 'DeletionDate'; e = { $_.Properties.DeletionDate } }.");

    /// <summary>An id and the names beside it name different accounts.</summary>
    /// <param name="id">The account of the id.</param>
    /// <param name="part">What differs: <c>name</c>, <c>resource group</c>, <c>location</c>, <c>subscription</c>.
    /// </param>
    /// <param name="given">What was given beside the id.</param>
    public static RecoveryException Contradiction(AccountReference id, string part, string given) => new(
        RecoveryErrorId.InvalidResourceId,
        $"The resource id is that of account {id}, and the {part} given beside it is '{given}'. Nothing was done, as "
        + "either may be the one that you mean.",
        "Correct the one that is wrong, or give only one: -ResourceId, or -Name with -ResourceGroupName and -Location.");

    /// <summary>A name stands beside resource ids, and none of them is its account's.</summary>
    public static RecoveryException NameWithoutId(string name) => new(
        RecoveryErrorId.InvalidResourceId,
        $"Account '{name}' is named beside resource ids, and none of them is its. Nothing was done to it.",
        "Give names or resource ids, not both.");

    /// <summary>What is being purged can't be restored.</summary>
    internal static RecoveryException BeingPurged(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.OperationInProgress,
        "The account is being purged, and can't be restored any more.",
        $"Run {FindDeleted(account)} to see when it is gone. Create the account anew then: its keys and deployments "
        + "can't be brought back.");

    /// <summary>What was soft-deleted isn't any more, and doesn't live.</summary>
    internal static RecoveryException NoLongerDeleted(DeletedCognitiveAccount account) =>
        account.ScheduledPurgeDate is { } purge && purge < DateTime.UtcNow
            ? new(
                RecoveryErrorId.RetentionExpired,
                $"The 48 hours were over at {UtcDate.Format(purge)}, and nothing is soft-deleted under its name any "
                + "more.",
                "Create the account anew. Its keys and deployments can't be brought back.")
            : new(
                RecoveryErrorId.DeletedAccountNotFound,
                "Nothing is soft-deleted under its name any more: it was purged, or somebody has restored it.",
                $"Run {FindLive(AccountReference.Of(account))} to see whether it lives.");

    /// <summary>Another account of one name and group is restored by the same command.</summary>
    /// <param name="account">The account.</param>
    /// <param name="other">The one that is restored.</param>
    public static RecoveryException NameIsTaken(DeletedCognitiveAccount account, DeletedCognitiveAccount other) => new(
        RecoveryErrorId.AccountAlreadyExists,
        $"Account {AccountReference.Of(account)} ({account.Location}) wasn't restored, and nothing was sent: this "
        + $"command restores the one of the same name in location '{other.Location}', and only one of them can live there.",
        $"Run Get-DeletedCognitiveAccount -Name '{Quote(account.Name)}' to see both. To have this one, delete the other "
        + "after its restore and purge it.");

    /// <summary>Nothing tells whether an account that was found is the one that was meant.</summary>
    /// <param name="how">Whether it lives or is soft-deleted, as a verb.</param>
    internal static RecoveryException NotTold(string how) => InvalidResponse(
        $"an account of that name {how}, and nothing in it tells whether it is the same one");

    internal static RecoveryException EndedBadly(AccountReference account, string state) => new(
        RecoveryErrorId.RestoreFailed,
        $"Account {account} lives, and the service says that its state is {state}.",
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

    private static string Deletions(string? meant, DeletedCognitiveAccount found)
    {
        string now = found.DeletionDate is { } date ? UtcDate.FormatSeconds(date) : "a time that Azure doesn't tell";
        return meant is null ? $"This one was deleted at {now}." : $"Yours was deleted at {meant}; this one at {now}.";
    }

    private static string LookFirst(DeletedCognitiveAccount found) =>
        $"Run {FindDeleted(found)} to see it, and pipe that on if you mean it.";

    private static string FindDeleted(DeletedCognitiveAccount account) =>
        $"Get-DeletedCognitiveAccount -SubscriptionId '{account.SubscriptionId}' -Name '{Quote(account.Name)}'";
}
