using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>Resource groups.</content>
public sealed partial class ArmState
{
    private readonly Dictionary<AccountKey, ResourceGroup> groups = [];

    /// <summary>The resource groups, as they are now.</summary>
    public IReadOnlyList<ResourceGroup> ResourceGroups => Snapshot(groups);

    /// <summary>Adds a resource group. One that is there stays as it is.</summary>
    public ResourceGroup AddResourceGroup(
        string name, string location = "eastus", string? subscriptionId = null,
        IDictionary<string, string>? tags = null)
    {
        using var _ = Enter();
        var key = GroupKey(name, subscriptionId);
        return groups.TryGetValue(key, out var there)
            ? there
            : Put(new ResourceGroup(key.SubscriptionId, name, location, tags));
    }

    /// <summary>Takes a resource group away with what is in it: key vaults and storage accounts are soft-deleted, the
    /// rest is gone, live accounts too. Its deleted accounts stay.</summary>
    /// <returns>Whether it was there.</returns>
    public bool RemoveResourceGroup(string name, string? subscriptionId = null)
    {
        using var _ = Enter();
        return RemoveGroup(GroupKey(name, subscriptionId));
    }

    /// <summary>Begins to delete a resource group: what is in it goes at once, soft-deleted where Azure soft-deletes
    /// it; the group itself is <c>Deleting</c> until the time is over. The Activity Log hears nothing of it.</summary>
    /// <returns>Whether it was there, and wasn't being deleted yet.</returns>
    public bool BeginGroupDeletion(string name, TimeSpan duration, string? subscriptionId = null)
    {
        using var _ = Enter();
        if (Group(GroupKey(name, subscriptionId)) is not { IsBeingDeleted: false } group) return false;
        group = BeginGroupDeletion(group);
        Schedule(Now + duration, () => EndGroupDeletion(group));
        return true;
    }

    /// <summary>Whether the resource group is there.</summary>
    public bool HasResourceGroup(string name, string? subscriptionId = null)
    {
        using var _ = Enter();
        return groups.ContainsKey(GroupKey(name, subscriptionId));
    }

    internal ResourceGroup? Group(AccountKey key) => groups.GetValueOrDefault(key with { Name = "" });

    internal ResourceGroup Put(ResourceGroup group) =>
        groups[group.Key] = group with { Sequence = ++sequence };

    internal ResourceGroup BeginGroupDeletion(ResourceGroup group)
    {
        foreach (var account in LiveIn(group)) SoftDelete(account);
        RemoveResources(group.Key);
        return Put(group with { ProvisioningState = "Deleting" });
    }

    /// <summary>Removes the group, unless another of its name has taken its place.</summary>
    internal void EndGroupDeletion(ResourceGroup group)
    {
        if (Group(group.Key)?.Sequence == group.Sequence) RemoveGroup(group.Key);
    }

    private bool RemoveGroup(AccountKey key)
    {
        if (Group(key) is { } group) foreach (var account in LiveIn(group)) RemoveLive(account.Key);
        RemoveResources(key);
        RemoveAssignments(key);
        RemoveRoles(ArmScope.Of(key.SubscriptionId, key.ResourceGroupName));
        return groups.Remove(key);
    }

    private AccountKey GroupKey(string name, string? subscriptionId) =>
        new(subscriptionId ?? DefaultSubscriptionId, name);
}
