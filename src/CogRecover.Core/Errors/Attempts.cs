namespace CogRecover.Core.Errors;

/// <summary>Reads soft-deleted accounts, or what leads to them.</summary>
/// <param name="subscriptionId">The subscription; null for all.</param>
internal abstract class ReadAttempt(string subject, string notDone, string lookAgain, string? subscriptionId)
    : Attempt(subject, notDone, lookAgain, RecoveryErrorId.InvalidServiceResponse)
{
    public override string? Word(string name) => name switch
    {
        "subscription" => subscriptionId,
        "inSubscription" => subscriptionId is null ? null : NextCommand.In(subscriptionId),
        "takesVersion" => "",
        _ => base.Word(name),
    };

    protected override string MissingRole =>
        "Listing needs Microsoft.CognitiveServices/deletedAccounts/read at subscription scope. Ask for a role that has "
        + "it, such as 'Cognitive Services Contributor'.";
}

/// <summary>Lists a subscription's soft-deleted accounts.</summary>
internal sealed class ListAttempt(string subscriptionId) : ReadAttempt(
    $"The soft-deleted accounts of subscription {subscriptionId}", "couldn't be listed",
    $"Get-DeletedCognitiveAccount -SubscriptionId '{subscriptionId}'", subscriptionId);

/// <summary>Lists the subscriptions of the sign-in.</summary>
internal sealed class SubscriptionsAttempt() : ReadAttempt(
    "The subscriptions", "couldn't be listed", "Get-AzSubscription", subscriptionId: null);

/// <summary>Finds an account: in a list, unless its group and location are known.</summary>
internal sealed class LookupAttempt(AccountReference account) : ReadAttempt(
    $"Account {account}", "couldn't be looked up", NextCommand.GetDeleted(account.SubscriptionId, account.Name),
    account.SubscriptionId)
{
    public override ArmCode? Gone => new(
        "404", "*", RecoveryErrorId.DeletedAccountNotFound, "no account of that name is soft-deleted.",
        LookupErrors.NotFound(account).RecommendedAction);

    protected override string MissingRole => account is { ResourceGroupName: not null, Location: not null }
        ? "Looking an account up needs Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/read at "
            + "subscription scope. Ask for a role that has it, such as 'Cognitive Services Contributor'."
        : base.MissingRole;
}

/// <summary>Changes a soft-deleted account.</summary>
internal abstract class AccountAttempt(
    AccountReference account, DateTime? scheduledPurgeDate, string notDone, RecoveryErrorId refused)
    : Attempt($"Account {account}", notDone, NextCommand.GetDeleted(account.SubscriptionId, account.Name), refused)
{
    protected AccountReference Account => account;
    protected DateTime? ScheduledPurgeDate => scheduledPurgeDate;

    public override string? Word(string name) => name switch
    {
        "subscription" => account.SubscriptionId,
        "inSubscription" => NextCommand.In(account.SubscriptionId),
        "scopeOfPolicy" => Uri.UnescapeDataString($"{AccountId.Group(account)}"),
        "takesVersion" => "",
        "location" => account.Location,
        "group" => account.ResourceGroupName,
        "createGroup" => NextCommand.CreateGroup(
            account.SubscriptionId, account.ResourceGroupName!, Region.OfGroup(account.Location)),
        "createGroupOnceDeleted" => NextCommand.CreateGroupOnceDeleted(
            account.SubscriptionId, account.ResourceGroupName!, Region.OfGroup(account.Location)),
        "getLive" => NextCommand.GetLive(account),
        "purged" => scheduledPurgeDate < DateTime.UtcNow ? UtcDate.Format(scheduledPurgeDate.Value) : null,
        _ => base.Word(name),
    };
}

/// <summary>Restores an account.</summary>
/// <param name="subDomain">The subdomain that the account has; null if that isn't known, or it has none.</param>
internal sealed class RestoreAttempt(AccountReference account, DateTime? scheduledPurgeDate, string? subDomain = null)
    : AccountAttempt(account, scheduledPurgeDate, "wasn't restored", RecoveryErrorId.RestoreFailed)
{
    public override string? Word(string name) => name switch
    {
        "subDomain" => subDomain,
        "fixedRequest" =>
            "A restore request has only 'location' and 'restore', so nothing can be added to it. ",
        "inTime" => UtcDate.BeforePurge(ScheduledPurgeDate),
        _ => base.Word(name),
    };

    protected override string Resume =>
        $"Restore-CognitiveAccount -SubscriptionId '{Account.SubscriptionId}' "
        + $"-ResourceGroupName '{NextCommand.Quote(Account.ResourceGroupName!)}' "
        + $"-Name '{NextCommand.Quote(Account.Name)}'";

    protected override string MissingRole =>
        $"A restore needs Microsoft.CognitiveServices/accounts/write on resource group '{Account.ResourceGroupName}'. "
        + "Ask for a role that has it, such as 'Cognitive Services Contributor'.";
}

/// <summary>Purges an account.</summary>
internal sealed class PurgeAttempt(DeletedCognitiveAccount account) : AccountAttempt(
    AccountReference.Of(account), account.ScheduledPurgeDate, "wasn't purged", RecoveryErrorId.PurgeFailed)
{
    protected override string Resume =>
        $"Remove-DeletedCognitiveAccount -ResourceId '{NextCommand.Quote(account.ResourceId)}'"
        + (account.DeletionDate is { } date ? $" -DeletionDate '{date:o}'" : "");

    // What is deleted stands in the subscription.
    public override string? Word(string name) => name switch
    {
        "forPurge" => "",
        "scopeOfPolicy" => $"/subscriptions/{Account.SubscriptionId}",
        _ => base.Word(name),
    };

    protected override string MissingRole =>
        "A purge needs Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete on subscription "
        + $"{Account.SubscriptionId}; a role on the resource group doesn't count. Ask for a role that has it, such as "
        + "'Cognitive Services Contributor'.";
}
