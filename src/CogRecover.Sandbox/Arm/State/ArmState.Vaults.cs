using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>Key vaults, live and deleted.</content>
public sealed partial class ArmState
{
    private readonly Dictionary<string, DeletedKeyVault> deletedVaults = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The deleted key vaults, as they are now.</summary>
    public IReadOnlyList<DeletedKeyVault> DeletedKeyVaults => Snapshot(deletedVaults);

    /// <summary>Adds a key vault, and its resource group if that isn't there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="group">The resource group.</param>
    /// <param name="location">The region, in any spelling.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    /// <param name="rbac">Whether roles decide who reads its keys; otherwise its access policies do.</param>
    /// <param name="keyReaders">The object ids that an access policy lets use its keys; null: none.</param>
    public TrackedResource AddKeyVault(
        string name,
        string group,
        string location = "eastus",
        string? subscriptionId = null,
        bool rbac = true,
        IReadOnlyList<string>? keyReaders = null)
    {
        using var _ = Enter();
        return Put(Add(ArmType.KeyVaults, name, group, location, subscriptionId) with
        {
            UsesRbac = rbac,
            AccessPolicies = [.. (keyReaders ?? []).Select(one => KeyVaultPolicy.OfKeyReader(TenantId, one))],
        });
    }

    /// <summary>Adds a deleted key vault, and its resource group if that isn't there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="group">The resource group.</param>
    /// <param name="location">The region, in any spelling.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    /// <param name="deletionDate">When it was deleted; null: now.</param>
    /// <param name="rbac">Whether roles decide who reads its keys; otherwise its access policies do.</param>
    /// <param name="keyReaders">The object ids that an access policy lets use its keys; null: none.</param>
    public DeletedKeyVault AddDeletedKeyVault(
        string name,
        string group,
        string location = "eastus",
        string? subscriptionId = null,
        DateTimeOffset? deletionDate = null,
        bool rbac = true,
        IReadOnlyList<string>? keyReaders = null)
    {
        using var _ = Enter();
        AddKeyVault(name, group, location, subscriptionId, rbac, keyReaders);
        return SoftDeleteVault(GroupKey(group, subscriptionId) with { Name = name }, deletionDate ?? Now);
    }

    /// <summary>Purges a deleted key vault.</summary>
    /// <returns>Whether it was there.</returns>
    public bool PurgeKeyVault(string name)
    {
        using var _ = Enter();
        return deletedVaults.Remove(name);
    }

    internal TrackedResource? Vault(string name) => resources.Values.FirstOrDefault(
        one => one.Type == ArmType.KeyVaults.FullName && one.Name.Is(name));

    internal DeletedKeyVault? DeletedVault(string name) => deletedVaults.GetValueOrDefault(name);

    internal DeletedKeyVault SoftDeleteVault(AccountKey key, DateTimeOffset at)
    {
        var vault = RemoveResource(ArmType.KeyVaults, key)!;
        var deleted = new DeletedKeyVault(vault with { Sequence = ++sequence, ProvisioningState = "Succeeded" }, at);
        deletedVaults[key.Name] = deleted;
        Schedule(deleted.ScheduledPurgeDate, () =>
        {
            if (DeletedVault(key.Name)?.DeletionDate == at) deletedVaults.Remove(key.Name);
        });
        return deleted;
    }

    internal TrackedResource RecoverVault(DeletedKeyVault deleted, TimeSpan duration)
    {
        deletedVaults.Remove(deleted.Name);
        return PutAfter(deleted.Vault, "RegisteringDns", duration);
    }
}
