namespace CogRecover.Sandbox.Arm;

/// <summary>What an account may need: a key vault, a storage account, a virtual network.</summary>
public sealed record TrackedResource : IArmResource
{
    /// <summary>The subscription, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The resource group, as its creator spelled it.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The type with its namespace: <c>Microsoft.KeyVault/vaults</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The region as its creator typed it.</summary>
    public required string Location { get; init; }

    /// <inheritdoc/>
    public IDictionary<string, string>? Tags { get; init; }

    /// <summary>The names of a virtual network's subnets; empty for other types.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <inheritdoc/>
    public long Sequence { get; init; }

    /// <summary>The resource id.</summary>
    public string Id => $"/subscriptions/{SubscriptionId}/resourceGroups/{ResourceGroupName}/providers/{Type}/{Name}";

    internal AccountKey Key => new(SubscriptionId, ResourceGroupName, Name);
}
