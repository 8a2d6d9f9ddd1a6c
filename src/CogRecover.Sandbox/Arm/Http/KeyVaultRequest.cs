using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.Http;

/// <summary>What a PUT of a key vault asks for.</summary>
internal sealed record KeyVaultRequest(JsonObject Body)
{
    private readonly JsonObject? properties = Body.Object("properties");

    /// <exception cref="ArmException">400: it has none.</exception>
    public string Location => Body.Text("location") ?? throw ArmException.LocationRequired();

    public bool Recover => "recover".Is(properties?.Text("createMode"));

    /// <summary>Writes what was sent over what the vault has.</summary>
    public TrackedResource Apply(TrackedResource vault) => vault with
    {
        Tags = new AccountRequest(Body).Tags ?? vault.Tags,
        UsesRbac = properties?["enableRbacAuthorization"] is JsonValue value && value.TryGetValue(out bool rbac)
            ? rbac
            : vault.UsesRbac,
        AccessPolicies = properties?["accessPolicies"] is JsonArray policies
            ? [.. policies.OfType<JsonObject>().Select(policy => policy.DeepClone().AsObject())]
            : vault.AccessPolicies,
    };
}
