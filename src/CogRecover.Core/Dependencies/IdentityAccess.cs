namespace CogRecover.Core.Dependencies;

/// <summary>The access that an account's identity needs at a resource. Role assignments at a resource don't come back
/// with its recovery.</summary>
/// <param name="check">The name of the check.</param>
/// <param name="role">The built-in role that is enough, and no more than that.</param>
/// <param name="enough">The ids of the built-in roles that are enough.</param>
/// <param name="purpose">What the access is for: <c>use its customer-managed key</c>.</param>
/// <param name="resource">The resource in a sentence: <c>key vault 'kv-contoso'</c>.</param>
internal sealed class IdentityAccess(
    string check, string role, IReadOnlyList<string> enough, string purpose, string resource)
{
    /// <summary>Looks at the roles of an identity at a resource.</summary>
    /// <param name="scope">The resource's id, each segment escaped.</param>
    /// <param name="principal">The identity's object id; null if it isn't known.</param>
    public async Task<RestoreCheck> LookAsync(
        SharedReads reads, ResourceIdentifier scope, Guid? principal, CancellationToken cancellationToken)
    {
        if (principal is not { } known) return Unknown("Azure doesn't tell which identity that is.");
        SharedRead<List<JsonElement>> assigned = await reads.ListAsync(
            reads.Addresses.RoleAssignments(scope, known), cancellationToken).ConfigureAwait(false);
        if (assigned.Value is null) return Unknown(assigned.Reason);
        string[] roles = [.. assigned.Value.Select(one => one.Child("properties").Text("roleDefinitionId"))
            .OfType<string>()];
        string assign = Assign(scope, principal);
        return roles.Any(id => enough.Any(known => id.EndsWith(known, StringComparison.OrdinalIgnoreCase)))
            ? Check.Passed(check, $"The account's identity may {purpose}: it has a role at {resource}.")
            : roles.Length > 0
                ? Check.Unknown(check,
                    $"It isn't known whether the account's identity may {purpose}: it has roles at {resource}, but "
                    + "none of them is a built-in role for that.", assign)
                : Check.Warning(check,
                    $"The account's identity can't {purpose}: it has no role at {resource}.", assign);
    }

    /// <summary>The access at a resource that has to be recovered first.</summary>
    /// <param name="lost">What doesn't come back then, as a sentence.</param>
    public RestoreCheck OnceRecovered(ResourceIdentifier scope, Guid? principal, string lost) => Check.Unknown(
        check, $"It isn't known whether the account's identity may {purpose} until {resource} is recovered. {lost}",
        Assign(scope, principal));

    public RestoreCheck Unknown(string reason) => Check.Unknown(
        check, $"It isn't known whether the account's identity may {purpose}: {reason}",
        $"Check with Get-AzRoleAssignment whether it has the role '{role}' at {resource}.");

    private string Assign(ResourceIdentifier scope, Guid? principal) =>
        $"New-AzRoleAssignment -ObjectId {(principal is null ? "<object id>" : $"'{principal}'")} "
        + $"-RoleDefinitionName '{role}' -Scope '{NextCommand.Quote(Uri.UnescapeDataString($"{scope}"))}'";
}
