using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Json;

/// <summary>What accounts need as ARM writes it, as far as the state knows it.</summary>
internal sealed class TrackedResourceJson(ArmState state)
{
    /// <summary>As the list of all kinds of resources has it.</summary>
    public static object Resource(TrackedResource resource) => Document(resource, null);

    /// <summary>As its own provider has it.</summary>
    public object Document(TrackedResource resource) => resource.Type switch
    {
        var type when type == ArmType.KeyVaults.FullName => Document(resource, Vault(resource)),
        var type when type == ArmType.VirtualNetworks.FullName => Document(resource, Network(resource)),
        var type when type == ArmType.Identities.FullName => Document(resource, Identity(resource)),
        _ => Document(resource, Storage(resource), new { Name = "Standard_LRS", Tier = "Standard" }, "StorageV2"),
    };

    /// <summary>A subnet of the network.</summary>
    public static object Subnet(TrackedResource network, string subnet) => new
    {
        Name = subnet,
        Id = $"{network.Id}/subnets/{subnet}",
        Type = ArmType.Subnets.FullName,
        Properties = new
        {
            AddressPrefix = $"10.0.{network.Subnets.TakeWhile(one => one != subnet).Count()}.0/24",
            Delegations = Array.Empty<object>(),
            ProvisioningState = "Succeeded",
        },
    };

    /// <summary>A deleted key vault.</summary>
    public static object Document(DeletedKeyVault deleted) => new
    {
        deleted.Id,
        deleted.Name,
        Type = ArmType.DeletedKeyVaults.FullName,
        Properties = new
        {
            VaultId = deleted.Vault.Id,
            Location = AzureLocation.Normalize(deleted.Vault.Location),
            Tags = deleted.Vault.Tags ?? new Dictionary<string, string>(),
            DeletionDate = ArmJson.Seconds(deleted.DeletionDate),
            ScheduledPurgeDate = ArmJson.Seconds(deleted.ScheduledPurgeDate),
        },
    };

    /// <summary>A deleted storage account, as in the specification's examples.</summary>
    public static object Document(DeletedStorageAccount deleted) => new
    {
        deleted.Id,
        deleted.Name,
        Type = ArmType.DeletedStorageAccounts.FullName,
        Properties = new
        {
            StorageAccountResourceId = deleted.Account.Id,
            Location = AzureLocation.Normalize(deleted.Account.Location),
            RestoreReference = $"{deleted.Name}|{ArmJson.Date(deleted.CreationTime)}",
            CreationTime = ArmJson.Date(deleted.CreationTime),
            DeletionTime = ArmJson.Date(deleted.DeletionTime),
        },
    };

    private static object Document(
        TrackedResource resource, object? properties, object? sku = null, string? kind = null) => new
    {
        sku,
        kind,
        resource.Id,
        resource.Name,
        resource.Type,
        Location = AzureLocation.Normalize(resource.Location),
        Tags = resource.Tags ?? new Dictionary<string, string>(),
        properties,
    };

    private object Vault(TrackedResource vault) => new
    {
        Sku = new { Family = "A", Name = "standard" },
        state.TenantId,
        vault.AccessPolicies,
        EnableSoftDelete = true,
        SoftDeleteRetentionInDays = (int)DeletedKeyVault.Retention.TotalDays,
        EnableRbacAuthorization = vault.UsesRbac,
        VaultUri = $"https://{vault.Name.ToLowerInvariant()}.vault.azure.net/",
        PublicNetworkAccess = "Enabled",
        vault.ProvisioningState,
    };

    private object Identity(TrackedResource identity) => new
    {
        state.TenantId,
        identity.PrincipalId,
        identity.ClientId,
    };

    private static object Storage(TrackedResource storage) => new
    {
        PrimaryEndpoints = new { Blob = $"https://{storage.Name}.blob.core.windows.net/" },
        PrimaryLocation = AzureLocation.Normalize(storage.Location),
        StatusOfPrimary = "available",
        CreationTime = ArmJson.Date(storage.CreatedAt),
        storage.ProvisioningState,
    };

    private static object Network(TrackedResource network) => new
    {
        AddressSpace = new { AddressPrefixes = new[] { "10.0.0.0/16" } },
        Subnets = network.Subnets.Select(subnet => Subnet(network, subnet)),
        ProvisioningState = "Succeeded",
    };
}
