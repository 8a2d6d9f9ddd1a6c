using System.Text.Json;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Seeds;

/// <summary>What the sample accounts are made with, as ARM writes it.</summary>
internal static class SampleProperties
{
    public static Dictionary<string, string> Tags(params (string Name, string Value)[] tags) =>
        tags.ToDictionary(tag => tag.Name, tag => tag.Value);

    public static JsonObject SystemAssigned(ArmState state) =>
        Json(new { PrincipalId = Guid.NewGuid(), state.TenantId, Type = "SystemAssigned" });

    public static JsonObject UserAssigned(TrackedResource identity) => Json(new
    {
        Type = "UserAssigned",
        UserAssignedIdentities = new Dictionary<string, object>
        {
            [identity.Id] = new { identity.PrincipalId, identity.ClientId },
        },
    });

    public static JsonObject NetworkRules(params string[] subnets) => Json(new
    {
        NetworkAcls = new
        {
            DefaultAction = "Deny",
            VirtualNetworkRules = subnets.Select(id => new { id, IgnoreMissingVnetServiceEndpoint = false }),
            IpRules = new[] { new { Value = "203.0.113.0/24" } },
        },
    });

    public static JsonObject Storage(string id) => new()
    {
        ["userOwnedStorage"] = new JsonArray(new JsonObject { ["resourceId"] = id, ["identityClientId"] = null }),
    };

    public static JsonObject CustomerManagedKey(string vault, string key) => Json(new
    {
        Encryption = new
        {
            KeySource = "Microsoft.KeyVault",
            KeyVaultProperties = new
            {
                KeyName = key,
                KeyVersion = "5c0f2d4b8a9e41d7b6c3e2f1a0d9c8b7",
                KeyVaultUri = vault,
            },
        },
    });

    /// <summary>Lets the account's own identity use the keys of a vault.</summary>
    public static void AllowKey(ArmState state, Account account, string vault) =>
        Allow(state, account, vault, "Key Vault Crypto Service Encryption User");

    /// <summary>Lets the account's identity use its own storage.</summary>
    public static void AllowStorage(ArmState state, Account account, string storage) =>
        Allow(state, account, storage, "Storage Blob Data Contributor");

    private static void Allow(ArmState state, Account account, string resource, string role) =>
        state.AddRoleAssignment(
            state.Resources.Single(one => one.Name == resource).Id, (string)account.Identity!["principalId"]!, role);

    private static JsonObject Json(object document) =>
        JsonSerializer.SerializeToNode(document, ArmJson.Options)!.AsObject();
}
