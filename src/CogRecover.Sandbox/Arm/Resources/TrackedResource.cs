using System.Text.Json.Nodes;

namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>What an account may need: a key vault, a storage account, a virtual network, a user-assigned identity.
/// </summary>
/// <param name="Type">The type with its namespace: <c>Microsoft.KeyVault/vaults</c>.</param>
public sealed record TrackedResource(string Type) : ArmResource(Type)
{
    /// <summary>The names of a virtual network's subnets; empty for other types.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>Whether roles decide who reads a key vault's keys; otherwise its access policies do. It counts for key
    /// vaults alone.</summary>
    public bool UsesRbac { get; init; }

    /// <summary>A key vault's access policies, as ARM writes them; empty for other types.</summary>
    public IReadOnlyList<JsonObject> AccessPolicies { get; init; } = [];

    /// <summary>A user-assigned identity's object id in the directory; null for other types.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>A user-assigned identity's application id; null for other types.</summary>
    public string? ClientId { get; init; }

    /// <summary>When it was created, UTC. A recovery doesn't change it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>Succeeded</c>, or what it says while it is made or recovered: <c>RegisteringDns</c> for a key vault,
    /// <c>ResolvingDNS</c> for a storage account.</summary>
    public string ProvisioningState { get; init; } = "Succeeded";

    internal bool IsReady => ProvisioningState == "Succeeded";
}
