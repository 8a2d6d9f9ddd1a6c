using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>What the caller may do, and what locks and policies forbid. What is assigned to a resource group goes with
/// it.</content>
public sealed partial class ArmState
{
    private readonly Dictionary<AccountKey, IReadOnlyList<ArmPermission>> permissions = [];
    private readonly List<ArmLock> locks = [];
    private readonly List<DenyPolicy> policies = [];

    /// <summary>What the caller may do in the whole first subscription. Owner, unless it is set.</summary>
    public IReadOnlyList<ArmPermission> Permissions
    {
        get => PermissionsOn();
        set => SetPermissions(value);
    }

    /// <summary>Sets what the caller's roles grant on a subscription or a resource group.</summary>
    /// <param name="granted">One entry a role; empty: no role is assigned there.</param>
    /// <param name="group">The resource group; null: the whole subscription.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    public void SetPermissions(
        IReadOnlyList<ArmPermission> granted, string? group = null, string? subscriptionId = null)
    {
        using var _ = Enter();
        permissions[GroupKey(group ?? "", subscriptionId)] = granted;
    }

    /// <summary>What the caller's roles grant on a subscription or a resource group; a group's answer includes what the
    /// subscription grants.</summary>
    /// <param name="group">The resource group; null: the whole subscription.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    public IReadOnlyList<ArmPermission> PermissionsOn(string? group = null, string? subscriptionId = null)
    {
        using var _ = Enter();
        var key = GroupKey(group ?? "", subscriptionId);
        var inherited = permissions.GetValueOrDefault(key with { ResourceGroupName = "" }, [ArmPermission.All]);
        return group is null || !groups.ContainsKey(key)
            ? inherited
            : [.. permissions.GetValueOrDefault(key, []), .. inherited];
    }

    /// <summary>Locks a subscription or a resource group. One of the same name there is replaced.</summary>
    /// <param name="name">The name.</param>
    /// <param name="level">What it forbids.</param>
    /// <param name="group">The resource group; null: the whole subscription.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    public void AddLock(string name, ArmLockLevel level, string? group = null, string? subscriptionId = null)
    {
        using var _ = Enter();
        RemoveLock(name, group, subscriptionId);
        var key = GroupKey(group ?? "", subscriptionId);
        locks.Add(new(name, level, key.SubscriptionId, key.ResourceGroupName) { Sequence = ++sequence });
    }

    /// <summary>Takes a lock away.</summary>
    /// <returns>Whether it was there.</returns>
    public bool RemoveLock(string name, string? group = null, string? subscriptionId = null)
    {
        using var _ = Enter();
        var scope = ArmScope.Of(subscriptionId ?? DefaultSubscriptionId, group ?? "");
        return locks.RemoveAll(one => one.Name.Is(name) && one.Scope.Is(scope)) > 0;
    }

    /// <summary>Assigns a policy that denies every write of an account.</summary>
    /// <param name="assignmentName">The name of the assignment.</param>
    /// <param name="displayName">What the portal shows for the assignment; null: its name.</param>
    /// <param name="definitionName">The name of the definition; null: that of the assignment.</param>
    /// <param name="group">The resource group; null: the whole subscription.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    public void AddDenyPolicy(
        string assignmentName,
        string? displayName = null,
        string? definitionName = null,
        string? group = null,
        string? subscriptionId = null)
    {
        using var _ = Enter();
        var key = GroupKey(group ?? "", subscriptionId);
        policies.Add(new(
            assignmentName, displayName ?? assignmentName, definitionName ?? assignmentName, key.SubscriptionId,
            key.ResourceGroupName));
    }

    /// <summary>Takes the policy assignments of that name away.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RemoveDenyPolicy(string assignmentName)
    {
        using var _ = Enter();
        return policies.RemoveAll(policy => policy.AssignmentName.Is(assignmentName)) > 0;
    }

    internal bool Allows(string action, string subscriptionId, string? group) =>
        PermissionsOn(group, subscriptionId).Any(permission => permission.Allows(action));

    internal List<ArmLock> LocksOn(AccountKey group)
    {
        using var _ = Enter();
        return [.. locks.Where(one => one.Covers(group))];
    }

    internal List<DenyPolicy> PoliciesOn(AccountKey group) => [.. policies.Where(policy => policy.Covers(group))];

    private void RemoveAssignments(AccountKey group)
    {
        permissions.Remove(group);
        locks.RemoveAll(one => new AccountKey(one.SubscriptionId, one.ResourceGroupName) == group);
        policies.RemoveAll(one => new AccountKey(one.SubscriptionId, one.ResourceGroupName) == group);
    }
}
