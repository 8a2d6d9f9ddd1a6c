namespace CogRecover.Core.Dependencies;

/// <summary>The access that an account's identity needs at a resource. Role assignments at a resource don't come back
/// with its recovery.</summary>
/// <param name="check">The name of the check.</param>
/// <param name="role">The built-in role that is enough, and no more than that.</param>
/// <param name="enough">The ids of the built-in roles that are enough.</param>
/// <param name="purpose">What the access is for, after "may": <c>use its key in key vault 'kv-contoso'</c>.</param>
internal sealed class IdentityAccess(string check, string role, IReadOnlyList<string> enough, string purpose)
{
    /// <summary>Looks at the roles of an identity at a resource.</summary>
    /// <param name="scope">The resource's id, each segment escaped.</param>
    public async Task<RestoreCheck> LookAsync(
        SharedReads reads, ResourceIdentifier scope, Guid principal, CancellationToken cancellationToken)
    {
        SharedRead<List<JsonElement>> assigned = await reads.ListAsync(
            reads.Addresses.RoleAssignments(scope, principal), cancellationToken).ConfigureAwait(false);
        if (assigned.Value is null) return Unknown(assigned.Reason);
        string[] roles = [.. assigned.Value.Select(one => one.Child("properties").Text("roleDefinitionId"))
            .OfType<string>()];
        string assign = $"New-AzRoleAssignment -ObjectId '{principal}' -RoleDefinitionName '{role}' "
            + $"-Scope '{NextCommand.Quote(Uri.UnescapeDataString($"{scope}"))}'";
        return roles.Any(id => enough.Any(known => id.EndsWith(known, StringComparison.OrdinalIgnoreCase)))
            ? Check.Passed(check, $"The account's identity may {purpose}.")
            : roles.Length > 0
                ? Check.Unknown(check,
                    $"Whether one of its roles lets the account's identity {purpose} isn't known: none of them is a "
                    + "built-in one for that.", assign)
                : Check.Warning(check, $"The account's identity has no role there, and can't {purpose}.", assign);
    }

    public RestoreCheck Unknown(string reason) => Check.Unknown(
        check, $"Whether the account's identity may {purpose} couldn't be found out: {reason}",
        $"See with Get-AzRoleAssignment whether it has the role '{role}' there.");
}
