using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>What accounts need: key vaults, storage accounts, virtual networks, user-assigned identities.</content>
public sealed partial class ArmState
{
    private readonly Dictionary<(string Type, AccountKey Key), TrackedResource> resources = [];

    /// <summary>The key vaults, storage accounts, virtual networks and user-assigned identities, as they are now.
    /// </summary>
    public IReadOnlyList<TrackedResource> Resources => Snapshot(resources);

    /// <summary>Adds a user-assigned identity, and its resource group if that isn't there.</summary>
    /// <returns>The identity, with its principal id and client id.</returns>
    public TrackedResource AddUserAssignedIdentity(
        string name, string group, string location = "eastus", string? subscriptionId = null)
    {
        using var _ = Enter();
        return Put(Add(ArmType.Identities, name, group, location, subscriptionId) with
        {
            PrincipalId = Guid.NewGuid().ToString(),
            ClientId = Guid.NewGuid().ToString(),
        });
    }

    /// <summary>What the id of a user-assigned identity stands for; null: it isn't there.</summary>
    internal TrackedResource? Identity(string id) => resources.Values.FirstOrDefault(
        one => one.Type == ArmType.Identities.FullName && one.Id.Is(id));

    internal TrackedResource? Resource(ArmType type, AccountKey key) =>
        resources.GetValueOrDefault((type.FullName, key));

    internal TrackedResource Put(TrackedResource resource) =>
        resources[(resource.Type, resource.Key)] = resource with { Sequence = ++sequence };

    /// <summary>What the account can't work without and isn't there: its key vault, its own storage.</summary>
    internal string? MissingFor(Account account)
    {
        // A guess: what is still being recovered doesn't serve yet, and a restore doesn't look at the roles or the
        // access policies that the account's identity has at the vault.
        var key = (account.Properties?["encryption"] as JsonObject)?["keyVaultProperties"];
        if (Uri.TryCreate(Text(key, "keyVaultUri"), UriKind.Absolute, out var vault)
            && Vault(vault.Host.Split('.')[0]) is not { IsReady: true })
        {
            return vault.OriginalString;
        }

        return (account.Properties?["userOwnedStorage"] as JsonArray)?
            .Select(storage => Text(storage, "resourceId"))
            .FirstOrDefault(id => id is not null && !resources.Values.Any(one => one.Id.Is(id) && one.IsReady));

        static string? Text(JsonNode? json, string name) =>
            (json as JsonObject)?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
    }

    internal TrackedResource? RemoveResource(ArmType type, AccountKey key) => RemoveResource(type.FullName, key);

    /// <summary>Puts a resource that is ready after a time; <paramref name="state"/> is what it says until then.
    /// </summary>
    internal TrackedResource PutAfter(TrackedResource resource, string state, TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero) return Put(resource);
        var begun = Put(resource with { ProvisioningState = state });
        Schedule(Now + duration, () =>
        {
            if (resources.GetValueOrDefault((begun.Type, begun.Key))?.Sequence == begun.Sequence) Put(resource);
        });
        return begun;
    }

    /// <summary>What happens to them when their group is deleted: vaults and storage accounts are soft-deleted, the
    /// rest is gone.</summary>
    private void RemoveResources(AccountKey group)
    {
        foreach (var one in resources.Values.Where(one => one.Key with { Name = "" } == group).ToList())
        {
            if (one.Type == ArmType.KeyVaults.FullName) SoftDeleteVault(one.Key, Now);
            else if (one.Type == ArmType.StorageAccounts.FullName) SoftDeleteStorage(one.Key, Now);
            else RemoveResource(one.Type, one.Key);
        }
    }

    private TrackedResource? RemoveResource(string type, AccountKey key)
    {
        if (!resources.Remove((type, key), out var removed)) return null;
        RemoveRoles(removed.Id);
        return removed;
    }

    private TrackedResource Add(
        ArmType type, string name, string group, string location, string? subscriptionId,
        DateTimeOffset? createdAt = null)
    {
        using var _ = Enter();
        AddResourceGroup(group, location, subscriptionId);
        return Put(new TrackedResource(type.FullName)
        {
            SubscriptionId = subscriptionId ?? DefaultSubscriptionId,
            ResourceGroupName = group,
            Name = name,
            Location = location,
            CreatedAt = createdAt ?? Now,
        });
    }
}
