namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>What an account may need: a key vault, a storage account, a virtual network.</summary>
/// <param name="Type">The type with its namespace: <c>Microsoft.KeyVault/vaults</c>.</param>
public sealed record TrackedResource(string Type) : ArmResource(Type)
{
    /// <summary>The names of a virtual network's subnets; empty for other types.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];
}
