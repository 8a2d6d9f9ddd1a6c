namespace CogRecover.Core.Dependencies;

/// <summary>What the service deletes for good with an account: its Foundry projects, its private endpoints and the role
/// assignments at it (https://learn.microsoft.com/azure/foundry/how-to/agent-service-operator-disaster-recovery).
/// </summary>
internal sealed class LostWithAccount(RestoreCheck check) : IDependency
{
    public static IEnumerable<IDependency> Of(DeletedCognitiveAccount account)
    {
        string id = NextCommand.Quote(account.AccountId);
        if (account.Projects is [var first, ..] projects)
            yield return new LostWithAccount(Check.Warning("Projects",
                $"Foundry {(projects.Count == 1 ? "project" : "projects")} {Names(projects)} "
                + $"{(projects.Count == 1 ? "doesn't" : "don't")} come back, nor do agents, threads and files.",
                (projects.Count == 1 ? "Create it again: " : "Create each again under its name, in this order: ")
                + $"Invoke-AzRestMethod -Method PUT -Path '{id}/projects/{NextCommand.Quote(first)}"
                + $"?api-version={References.AccountId.DefaultApiVersion}' -Payload "
                + $"'{{\"location\":\"{account.Location}\",\"identity\":{{\"type\":\"SystemAssigned\"}},"
                + "\"properties\":{}}'"));
        if (account.PrivateEndpoints is [var endpoint, ..] endpoints)
            yield return new LostWithAccount(Check.Warning("PrivateEndpoints",
                (endpoints.Count == 1 ? "The connection of private endpoint " : "The connections of private endpoints ")
                + $"{Names([.. endpoints.Select(NameOf)])} {(endpoints.Count == 1 ? "doesn't" : "don't")} come back.",
                $"Delete what is left of {(endpoints.Count == 1 ? "it" : "each")}, and create it again. For some "
                + "minutes after the restore, Azure may refuse this with AccountProvisioningStateInvalid. "
                + NextCommand.In(account.SubscriptionId)
                + $"New-AzPrivateEndpoint -Name '{NextCommand.Quote(NameOf(endpoint))}' -ResourceGroupName "
                + $"{GroupOf(endpoint)} -Location <region> -Subnet (Get-AzVirtualNetworkSubnetConfig -ResourceId <id>) "
                + "-PrivateLinkServiceConnection (New-AzPrivateLinkServiceConnection -Name "
                + $"'{NextCommand.Quote(NameOf(endpoint))}' -GroupId 'account' -PrivateLinkServiceId '{id}')"));
        if (account.LocalAuthDisabled)
            yield return new LostWithAccount(Check.Warning("RoleAssignments",
                "Role assignments at the account itself don't come back, and its keys are disabled: those who had "
                + "access by such a role are refused.",
                $"Create them again: New-AzRoleAssignment -Scope '{id}' -RoleDefinitionName "
                + "'Cognitive Services User' -ObjectId <object id>"));
    }

    public Task<DependencyStatus?> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult<DependencyStatus?>(new(check));

    // What the service gives may be a name alone.
    private static string GroupOf(string resourceId) =>
        ResourceIdentifier.TryParse(resourceId, out ResourceIdentifier? id) && id?.ResourceGroupName is { } group
            ? $"'{NextCommand.Quote(group)}'"
            : "<group>";

    private static string NameOf(string resourceId) => resourceId.Substring(resourceId.LastIndexOf('/') + 1);

    private static string Names(IReadOnlyList<string> names) => names.Count == 1
        ? $"'{names[0]}'"
        : string.Join(", ", names.Take(names.Count - 1).Select(name => $"'{name}'")) + $" and '{names[^1]}'";
}
