using System.Text.Json.Nodes;

namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>An access policy of a key vault, as ARM writes it.</summary>
internal static class KeyVaultPolicy
{
    /// <summary>What a customer-managed key needs: get, wrap, unwrap.</summary>
    public static JsonObject OfKeyReader(string tenantId, string objectId) => new()
    {
        ["tenantId"] = tenantId,
        ["objectId"] = objectId,
        ["permissions"] = new JsonObject
        {
            ["keys"] = new JsonArray("get", "wrapKey", "unwrapKey"),
            ["secrets"] = new JsonArray(),
            ["certificates"] = new JsonArray(),
        },
    };
}
