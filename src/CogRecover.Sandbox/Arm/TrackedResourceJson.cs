using System.Text.Json;

namespace CogRecover.Sandbox.Arm;

/// <summary>Writes what accounts need as ARM does, as far as the state knows it.</summary>
internal sealed class TrackedResourceJson(ArmState state)
{
    /// <summary>As the list of all kinds of resources has it.</summary>
    public static void WriteResource(Utf8JsonWriter json, TrackedResource resource) =>
        json.WriteObject(null, () => WriteHead(json, resource));

    /// <summary>As its own provider has it.</summary>
    public void Write(Utf8JsonWriter json, TrackedResource resource) => json.WriteObject(null, () =>
    {
        if (resource.Type == ArmType.StorageAccounts.FullName)
        {
            json.WriteObject("sku", () =>
            {
                json.WriteString("name", "Standard_LRS");
                json.WriteString("tier", "Standard");
            });
            json.WriteString("kind", "StorageV2");
        }

        WriteHead(json, resource);
        json.WriteObject("properties", () =>
        {
            if (resource.Type == ArmType.KeyVaults.FullName) WriteVault(json, resource);
            else if (resource.Type == ArmType.StorageAccounts.FullName) WriteStorage(json, resource);
            else WriteNetwork(json, resource);
            json.WriteString("provisioningState", "Succeeded");
        });
    });

    /// <summary>A subnet of the network.</summary>
    public static void WriteSubnet(Utf8JsonWriter json, TrackedResource network, string subnet)
    {
        json.WriteObject(null, () =>
        {
            json.WriteString("name", subnet);
            json.WriteString("id", $"{network.Id}/subnets/{subnet}");
            json.WriteString("type", ArmType.Subnets.FullName);
            json.WriteObject("properties", () =>
            {
                json.WriteString("addressPrefix", Prefix(network, subnet));
                json.WriteStrings("delegations", []);
                json.WriteString("provisioningState", "Succeeded");
            });
        });
    }

    /// <summary>A deleted key vault.</summary>
    public static void Write(Utf8JsonWriter json, DeletedKeyVault deleted) => json.WriteObject(null, () =>
    {
        json.WriteString("id", deleted.Id);
        json.WriteString("name", deleted.Name);
        json.WriteString("type", ArmType.DeletedKeyVaults.FullName);
        json.WriteObject("properties", () =>
        {
            json.WriteString("vaultId", deleted.Vault.Id);
            json.WriteString("location", AzureLocation.Normalize(deleted.Vault.Location));
            json.WriteTags(deleted.Vault.Tags ?? new Dictionary<string, string>());
            json.WriteSeconds("deletionDate", deleted.DeletionDate);
            json.WriteSeconds("scheduledPurgeDate", deleted.ScheduledPurgeDate);
        });
    });

    private static void WriteHead(Utf8JsonWriter json, TrackedResource resource)
    {
        json.WriteString("id", resource.Id);
        json.WriteString("name", resource.Name);
        json.WriteString("type", resource.Type);
        json.WriteString("location", AzureLocation.Normalize(resource.Location));
        json.WriteTags(resource.Tags ?? new Dictionary<string, string>());
    }

    private void WriteVault(Utf8JsonWriter json, TrackedResource vault)
    {
        json.WriteObject("sku", () =>
        {
            json.WriteString("family", "A");
            json.WriteString("name", "standard");
        });
        json.WriteString("tenantId", state.TenantId);
        json.WriteStrings("accessPolicies", []);
        json.WriteBoolean("enableSoftDelete", true);
        json.WriteNumber("softDeleteRetentionInDays", (int)DeletedKeyVault.Retention.TotalDays);
        json.WriteBoolean("enableRbacAuthorization", true);
        json.WriteString("vaultUri", $"https://{vault.Name.ToLowerInvariant()}.vault.azure.net/");
        json.WriteString("publicNetworkAccess", "Enabled");
    }

    private static void WriteStorage(Utf8JsonWriter json, TrackedResource storage)
    {
        json.WriteObject("primaryEndpoints", () =>
            json.WriteString("blob", $"https://{storage.Name}.blob.core.windows.net/"));
        json.WriteString("primaryLocation", AzureLocation.Normalize(storage.Location));
        json.WriteString("statusOfPrimary", "available");
    }

    private static void WriteNetwork(Utf8JsonWriter json, TrackedResource network)
    {
        json.WriteObject("addressSpace", () => json.WriteStrings("addressPrefixes", ["10.0.0.0/16"]));
        json.WriteStartArray("subnets");
        foreach (var subnet in network.Subnets) WriteSubnet(json, network, subnet);
        json.WriteEndArray();
    }

    private static string Prefix(TrackedResource network, string subnet) =>
        $"10.0.{network.Subnets.TakeWhile(one => one != subnet).Count()}.0/24";
}
