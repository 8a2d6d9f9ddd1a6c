using System.Text.Json;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Json;

namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>An access policy of a key vault, as ARM writes it.</summary>
internal static class KeyVaultPolicy
{
    /// <summary>What a customer-managed key needs: get, wrap, unwrap.</summary>
    public static JsonObject OfKeyReader(string tenantId, string objectId) => JsonSerializer.SerializeToNode(
        new
        {
            tenantId,
            objectId,
            Permissions = new { Keys = new[] { "get", "wrapKey", "unwrapKey" }, Secrets = Array.Empty<string>() },
        },
        ArmJson.Options)!.AsObject();
}
