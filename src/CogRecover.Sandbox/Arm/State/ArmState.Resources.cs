using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>Key vaults, storage accounts and virtual networks: what accounts need.</content>
public sealed partial class ArmState
{
    private readonly Dictionary<(string Type, AccountKey Key), TrackedResource> resources = [];
    private readonly Dictionary<string, DeletedKeyVault> deletedVaults = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The key vaults, storage accounts and virtual networks, as they are now.</summary>
    public IReadOnlyList<TrackedResource> Resources => Snapshot(resources);

    /// <summary>The deleted key vaults, as they are now.</summary>
    public IReadOnlyList<DeletedKeyVault> DeletedKeyVaults => Snapshot(deletedVaults);

    /// <summary>Adds a key vault, and its resource group if that isn't there.</summary>
    public TrackedResource AddKeyVault(
        string name, string group, string location = "eastus", string? subscriptionId = null) =>
        Add(ArmType.KeyVaults, name, group, location, subscriptionId);

    /// <summary>Adds a storage account, and its resource group if that isn't there.</summary>
    public TrackedResource AddStorageAccount(
        string name, string group, string location = "eastus", string? subscriptionId = null) =>
        Add(ArmType.StorageAccounts, name, group, location, subscriptionId);

    /// <summary>Adds a subnet, and its virtual network and resource group if they aren't there.</summary>
    /// <returns>The virtual network.</returns>
    public TrackedResource AddSubnet(
        string network, string subnet, string group, string location = "eastus", string? subscriptionId = null)
    {
        using var _ = Enter();
        var key = GroupKey(group, subscriptionId) with { Name = network };
        var there = Resource(ArmType.VirtualNetworks, key)
            ?? Add(ArmType.VirtualNetworks, network, group, location, subscriptionId);
        return Put(there with { Subnets = [.. there.Subnets.Where(one => !one.Is(subnet)), subnet] });
    }

    /// <summary>Adds a deleted key vault, and its resource group if that isn't there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="group">The resource group.</param>
    /// <param name="location">The region, in any spelling.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    /// <param name="deletionDate">When it was deleted; null: now.</param>
    public DeletedKeyVault AddDeletedKeyVault(
        string name,
        string group,
        string location = "eastus",
        string? subscriptionId = null,
        DateTimeOffset? deletionDate = null)
    {
        using var _ = Enter();
        AddKeyVault(name, group, location, subscriptionId);
        return SoftDeleteVault(GroupKey(group, subscriptionId) with { Name = name }, deletionDate ?? Now);
    }

    internal TrackedResource? Resource(ArmType type, AccountKey key) =>
        resources.GetValueOrDefault((type.FullName, key));

    internal TrackedResource Put(TrackedResource resource) =>
        resources[(resource.Type, resource.Key)] = resource with { Sequence = ++sequence };

    internal TrackedResource? Vault(string name) => resources.Values.FirstOrDefault(
        one => one.Type == ArmType.KeyVaults.FullName && one.Name.Is(name));

    internal DeletedKeyVault? DeletedVault(string name) => deletedVaults.GetValueOrDefault(name);

    internal DeletedKeyVault SoftDeleteVault(AccountKey key, DateTimeOffset at)
    {
        resources.Remove((ArmType.KeyVaults.FullName, key), out var vault);
        var deleted = new DeletedKeyVault(vault! with { Sequence = ++sequence }, at);
        deletedVaults[key.Name] = deleted;
        Schedule(deleted.ScheduledPurgeDate, () =>
        {
            if (DeletedVault(key.Name)?.DeletionDate == at) deletedVaults.Remove(key.Name);
        });
        return deleted;
    }

    internal TrackedResource RecoverVault(DeletedKeyVault deleted)
    {
        deletedVaults.Remove(deleted.Name);
        return Put(deleted.Vault);
    }

    /// <summary>What the account can't work without and isn't there: its key vault, its own storage.</summary>
    internal string? MissingFor(Account account)
    {
        var key = (account.Properties?["encryption"] as JsonObject)?["keyVaultProperties"];
        if (Uri.TryCreate(Text(key, "keyVaultUri"), UriKind.Absolute, out var vault)
            && Vault(vault.Host.Split('.')[0]) is null)
        {
            return vault.OriginalString;
        }

        return (account.Properties?["userOwnedStorage"] as JsonArray)?
            .Select(storage => Text(storage, "resourceId"))
            .FirstOrDefault(id => id is not null && !resources.Values.Any(one => one.Id.Is(id)));

        static string? Text(JsonNode? json, string name) =>
            (json as JsonObject)?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
    }

    /// <summary>What happens to them when their group is deleted: a vault can be recovered, the rest is gone.</summary>
    private void RemoveResources(AccountKey group)
    {
        foreach (var one in resources.Values.Where(one => one.Key with { Name = "" } == group).ToList())
        {
            if (one.Type == ArmType.KeyVaults.FullName) SoftDeleteVault(one.Key, Now);
            else resources.Remove((one.Type, one.Key));
        }
    }

    private TrackedResource Add(ArmType type, string name, string group, string location, string? subscriptionId)
    {
        using var _ = Enter();
        AddResourceGroup(group, location, subscriptionId);
        return Put(new TrackedResource(type.FullName)
        {
            SubscriptionId = subscriptionId ?? DefaultSubscriptionId,
            ResourceGroupName = group,
            Name = name,
            Location = location,
        });
    }
}
