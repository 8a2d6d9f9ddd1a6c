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
        if (account.PrivateEndpoints is [_, ..] endpoints)
            yield return new LostWithAccount(Check.Warning("PrivateEndpoints",
                $"The connections of private endpoints {Names([.. endpoints.Select(NameOf)])} don't come back.",
                "Delete what is left of each, and create it again: New-AzPrivateEndpoint. For some minutes after the "
                + "restore it may be refused with AccountProvisioningStateInvalid."));
        if (account.LocalAuthDisabled)
            yield return new LostWithAccount(Check.Warning("RoleAssignments",
                "Role assignments at the account itself don't come back, and its keys are disabled: whoever got in by "
                + "such a role is refused.",
                $"Make them again: New-AzRoleAssignment -Scope '{id}' -RoleDefinitionName "
                + "'Cognitive Services User' -ObjectId <object id>"));
    }

    public Task<DependencyStatus?> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult<DependencyStatus?>(new(check));

    private static string NameOf(string resourceId) => resourceId.Substring(resourceId.LastIndexOf('/') + 1);

    private static string Names(IReadOnlyList<string> names) => names.Count == 1
        ? $"'{names[0]}'"
        : string.Join(", ", names.Take(names.Count - 1).Select(name => $"'{name}'")) + $" and '{names[^1]}'";
}
