namespace CogRecover.Core.Arm;

/// <summary>The types of resources that accounts depend on, and the api-version of each.</summary>
internal static class DependencyTypes
{
    public static readonly ResourceType KeyVault = "Microsoft.KeyVault/vaults";
    public static readonly ResourceType StorageAccount = "Microsoft.Storage/storageAccounts";
    public static readonly ResourceType Subnet = "Microsoft.Network/virtualNetworks/subnets";
    public static readonly ResourceType UserAssignedIdentity = "Microsoft.ManagedIdentity/userAssignedIdentities";

    public static IReadOnlyDictionary<ResourceType, string> ApiVersions { get; } = new Dictionary<ResourceType, string>
    {
        [ResourceGroupResource.ResourceType] = ArmAddresses.ResourcesVersion,
        [KeyVault] = ArmAddresses.VaultsVersion,
        [StorageAccount] = ArmAddresses.StorageVersion,
        [Subnet] = "2024-05-01",
        [UserAssignedIdentity] = "2023-01-31",
    };

    /// <summary>Reads the id of a resource that a response names, and escapes each segment for a URL.</summary>
    /// <returns>The id; null if it isn't one of that type in a resource group.</returns>
    public static ResourceIdentifier? ParseId(string? resourceId, ResourceType type)
    {
        if (!ResourceIdentifier.TryParse(resourceId, out ResourceIdentifier? id) || id!.ResourceType != type
            || id.SubscriptionId is null || id.ResourceGroupName is null)
            return null;
        string[] segments = id.ToString().Split('/');
        return segments.Any(segment => segment is "." or "..")
            ? null
            : new(string.Join("/", segments.Select(Uri.EscapeDataString)));
    }
}
