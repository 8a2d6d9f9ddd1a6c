using CogRecover.Core.References;

namespace CogRecover.Core.Errors;

/// <summary>To list a subscription's soft-deleted accounts.</summary>
internal sealed class ListAttempt(string subscriptionId) : Attempt(
    $"The soft-deleted accounts of subscription {subscriptionId}", "couldn't be listed",
    $"Get-DeletedCognitiveAccount -SubscriptionId '{subscriptionId}'", RecoveryErrorId.InvalidServiceResponse)
{
    /// <summary>What a list needs.</summary>
    public const string Role = "Listing needs Microsoft.CognitiveServices/deletedAccounts/read at subscription scope. "
        + "Ask for a role that has it, such as 'Cognitive Services Contributor'.";

    public override string MissingRole => Role;
}

/// <summary>To list the subscriptions that the sign-in shows.</summary>
internal sealed class SubscriptionsAttempt() : Attempt(
    "The subscriptions", "couldn't be listed", "Get-AzSubscription", RecoveryErrorId.InvalidServiceResponse)
{
    public override string MissingRole => ListAttempt.Role;
}

/// <summary>To find an account.</summary>
internal sealed class LookupAttempt(AccountReference account) : Attempt(
    $"Account {account}", "couldn't be looked up", NextCommand.GetDeleted(account.SubscriptionId, account.Name),
    RecoveryErrorId.InvalidServiceResponse)
{
    public override AccountReference? LookedUp => account;

    public override string MissingRole => account is { ResourceGroupName: not null, Location: not null }
        ? "Looking an account up needs Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/read at "
            + "subscription scope. Ask for a role that has it, such as 'Cognitive Services Contributor'."
        : ListAttempt.Role;
}

/// <summary>To create an account's resource group.</summary>
internal sealed class GroupAttempt(AccountReference account) : Attempt(
    $"Resource group '{account.ResourceGroupName}'", "wasn't created",
    $"Get-AzResourceGroup -Name '{account.ResourceGroupName}'", RecoveryErrorId.RestoreFailed)
{
    public override string MissingRole =>
        "Creating a resource group needs Microsoft.Resources/subscriptions/resourceGroups/write on the subscription. Ask "
        + "for it, or ask somebody who has it to create the group.";
}

/// <summary>To restore an account.</summary>
internal sealed class RestoreAttempt(AccountReference account, DateTime? scheduledPurgeDate) : Attempt(
    $"Account {account}", "wasn't restored", NextCommand.GetDeleted(account.SubscriptionId, account.Name),
    RecoveryErrorId.RestoreFailed)
{
    public override AccountReference? Account => account;

    public override DateTime? ScheduledPurgeDate => scheduledPurgeDate;

    protected override string? Resume => $"Restore-CognitiveAccount -SubscriptionId '{account.SubscriptionId}' "
        + $"-ResourceGroupName '{NextCommand.Quote(account.ResourceGroupName!)}' -Name '{NextCommand.Quote(account.Name)}'";

    public override string MissingRole =>
        "A restore needs Microsoft.CognitiveServices/accounts/write on the resource group. Ask for it: "
        + "New-AzRoleAssignment -RoleDefinitionName 'Cognitive Services Contributor' "
        + $"-ResourceGroupName '{account.ResourceGroupName}' -SignInName <you>.";
}

/// <summary>To purge an account.</summary>
internal sealed class PurgeAttempt(DeletedCognitiveAccount account) : Attempt(
    $"Account '{account.Name}' in resource group '{account.ResourceGroupName}'", "wasn't purged",
    NextCommand.GetDeleted(account.SubscriptionId, account.Name), RecoveryErrorId.PurgeFailed)
{
    public override AccountReference? Account { get; } = AccountReference.Of(account);

    public override DateTime? ScheduledPurgeDate => account.ScheduledPurgeDate;

    protected override string? Resume =>
        $"Remove-DeletedCognitiveAccount -ResourceId '{NextCommand.Quote(account.ResourceId)}'"
        + (account.DeletionDate is { } date ? $" -DeletionDate '{date:o}'" : "");

    public override string MissingRole =>
        "A purge needs Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete at subscription scope; "
        + "a role on the resource group doesn't count. Ask for it: New-AzRoleAssignment "
        + "-RoleDefinitionName 'Cognitive Services Contributor' "
        + $"-Scope '/subscriptions/{account.SubscriptionId}' -SignInName <you>.";
}
