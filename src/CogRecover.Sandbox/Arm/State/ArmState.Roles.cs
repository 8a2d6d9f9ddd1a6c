using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>Who has which role where. What is assigned to a resource or a group goes with it for good: neither a
/// restore nor a recovery brings it back. What the caller may do is set apart from it, by permissions.</content>
public sealed partial class ArmState
{
    private readonly Dictionary<string, RoleAssignment> roles = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The role assignments, as they are now.</summary>
    public IReadOnlyList<RoleAssignment> RoleAssignments => Snapshot(roles);

    /// <summary>Assigns a role.</summary>
    /// <param name="scope">The id of a subscription, a resource group or a resource; <c>/</c> stands above all.</param>
    /// <param name="principalId">Who gets it: an object id of the directory.</param>
    /// <param name="role">The name of a built-in role, a role's GUID, or the id of its definition.</param>
    /// <param name="principalType"><c>ServicePrincipal</c>, <c>User</c> or <c>Group</c>.</param>
    /// <param name="name">A GUID; null: a new one.</param>
    public RoleAssignment AddRoleAssignment(
        string scope, string principalId, string role, string principalType = "ServicePrincipal", string? name = null)
    {
        using var _ = Enter();
        var segments = scope.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var subscriptionId = segments is ["subscriptions", var id, ..] ? id : DefaultSubscriptionId;
        return Put(new RoleAssignment(
            scope, principalId, BuiltInRoles.DefinitionId(role, subscriptionId), principalType,
            name ?? Guid.NewGuid().ToString()) { CreatedOn = Now });
    }

    internal RoleAssignment? RoleAssignment(string id) => roles.GetValueOrDefault(id);

    internal RoleAssignment Put(RoleAssignment assignment) =>
        roles[assignment.Id] = assignment with { Sequence = ++sequence };

    internal bool RemoveRole(string id) => roles.Remove(id);

    /// <summary>Whether something is there on which a role can be assigned.</summary>
    internal bool HasScope(string scope) =>
        scope.Split('/', StringSplitOptions.RemoveEmptyEntries).Length <= 4
        || accounts.Values.Any(one => one.Id.Is(scope))
        || resources.Values.Any(one => one.Id.Is(scope));

    private void RemoveRoles(string scope)
    {
        foreach (var one in roles.Values.Where(one => one.IsBelow(scope)).ToList()) roles.Remove(one.Id);
    }
}
