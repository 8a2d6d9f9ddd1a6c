namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>A role that somebody has on a scope, and on all below it.</summary>
/// <param name="Scope">The id of a subscription, a resource group or a resource; <c>/</c> and management groups stand
/// above all.</param>
/// <param name="PrincipalId">Who has it: an object id of the directory.</param>
/// <param name="RoleDefinitionId">The id of the role definition.</param>
/// <param name="PrincipalType"><c>ServicePrincipal</c>, <c>User</c> or <c>Group</c>.</param>
/// <param name="Name">A GUID.</param>
public sealed record RoleAssignment(
    string Scope, string PrincipalId, string RoleDefinitionId, string PrincipalType, string Name) : ISequenced
{
    internal const string Provider = "/providers/Microsoft.Authorization";

    /// <inheritdoc/>
    public long Sequence { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedOn { get; init; }

    /// <summary>The resource id.</summary>
    public string Id => $"{Scope.TrimEnd('/')}{Provider}/roleAssignments/{Name}";

    /// <summary>Whether it counts at a scope: it stands there, or above.</summary>
    internal bool Covers(string scope) =>
        Scope == "/" || Scope.StartsWith("/providers/Microsoft.Management/", StringComparison.OrdinalIgnoreCase)
        || IsWithin(scope, Scope);

    /// <summary>Whether it stands at a scope, or below.</summary>
    internal bool IsBelow(string scope) => IsWithin(Scope, scope);

    private static bool IsWithin(string scope, string other) =>
        scope.Is(other) || scope.StartsWith(other + "/", StringComparison.OrdinalIgnoreCase);
}
