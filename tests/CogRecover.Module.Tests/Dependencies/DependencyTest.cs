using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Gateway;

namespace CogRecover.Module.Tests.Dependencies;

/// <summary>Accounts with what they need: a key vault, a storage account, identities.</summary>
public abstract class DependencyTest : ModuleTest
{
    private protected const string Vault = "kv-contoso";
    private protected const string Storage = "stcontoso";
    private protected const string Principal = "0d6a5f0e-2c46-4a5f-9d0b-7d1f6a8f2b11";
    private protected const string Other = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";

    private static JsonObject SystemAssigned => new() { ["type"] = "SystemAssigned", ["principalId"] = Principal };

    /// <summary>The writes, as <c>PUT resourceGroups/rg-ai</c>.</summary>
    private protected string[] Written => [.. Writes.Select(Describe)];

    private protected void GivenVaultAccount(string name, string group = "rg-ai", bool hasIdentity = false) =>
        Arm.State.AddDeletedAccount(name, group, configure: account =>
        {
            if (hasIdentity) account.Identity = SystemAssigned;
            account.Properties = new() { ["encryption"] = Encryption() };
        });

    private protected void GivenStorageAccount(
        string name, string group = "rg-ai", string storageGroup = "rg-ai", bool hasIdentity = false) =>
        Arm.State.AddDeletedAccount(name, group, kind: "SpeechServices", configure: account =>
        {
            if (hasIdentity) account.Identity = SystemAssigned;
            account.Properties = new()
            {
                ["userOwnedStorage"] = new JsonArray(new JsonObject { ["resourceId"] = StorageId(storageGroup) }),
            };
        });

    private protected static JsonObject Encryption(string? identityClientId = null) => new()
    {
        ["keySource"] = "Microsoft.KeyVault",
        ["keyVaultProperties"] = new JsonObject
        {
            ["keyName"] = "key", ["keyVaultUri"] = $"https://{Vault}.vault.azure.net/",
            ["identityClientId"] = identityClientId,
        },
    };

    private protected string StorageId(string group = "rg-ai") =>
        $"/subscriptions/{Subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{Storage}";

    private protected string VaultId(string group = "rg-ai", string? subscription = null) =>
        $"/subscriptions/{subscription ?? Subscription}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/"
        + Vault;

    private protected static string Describe(ArmRequest request) =>
        $"{request.Method} {string.Join('/', request.Path.Split('/')[^2..])}";
}
