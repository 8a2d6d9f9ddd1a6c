using CogRecover.Core.References;

namespace CogRecover.Core.Errors;

/// <summary>What a caller lacks whom the service refuses.</summary>
internal static class RoleAdvice
{
    /// <summary>The permission that was missing, and how to ask for a role that has it.</summary>
    /// <param name="refused">What the attempt fails with.</param>
    /// <param name="account">The account that something was done to; null for others.</param>
    /// <param name="reference">The account that was looked up; null for others.</param>
    public static string For(
        RecoveryErrorId refused, DeletedCognitiveAccount? account, AccountReference? reference) => refused switch
    {
        RecoveryErrorId.PurgeFailed when account is not null =>
            "A purge needs Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete at subscription "
            + "scope; a role on the resource group doesn't count. Ask for it: New-AzRoleAssignment "
            + "-RoleDefinitionName 'Cognitive Services Contributor' "
            + $"-Scope '/subscriptions/{account.SubscriptionId}' -SignInName <you>.",
        RecoveryErrorId.RestoreFailed when account is not null =>
            "A restore needs Microsoft.CognitiveServices/accounts/write on the resource group. Ask for it: "
            + "New-AzRoleAssignment -RoleDefinitionName 'Cognitive Services Contributor' "
            + $"-ResourceGroupName '{account.ResourceGroupName}' -SignInName <you>.",
        RecoveryErrorId.RestoreFailed =>
            "Creating a resource group needs Microsoft.Resources/subscriptions/resourceGroups/write on the "
            + "subscription. Ask for it, or ask somebody who has it to create the group.",
        _ when reference is { ResourceGroupName: not null, Location: not null } =>
            "Looking an account up needs Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/read at "
            + "subscription scope. Ask for a role that has it, such as 'Cognitive Services Contributor'.",
        _ => "Listing needs Microsoft.CognitiveServices/deletedAccounts/read at subscription scope. Ask for a role "
            + "that has it, such as 'Cognitive Services Contributor'.",
    };
}
