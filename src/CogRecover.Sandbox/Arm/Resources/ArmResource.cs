namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>What stands in a resource group, as far as every list of resources sees it.</summary>
/// <param name="Type">The type with its namespace: <c>Microsoft.KeyVault/vaults</c>.</param>
public abstract record ArmResource(string Type) : ISequenced
{
    /// <summary>The subscription, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The resource group, as the resource's creator spelled it.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The name, unique in its resource group.</summary>
    public required string Name { get; init; }

    /// <summary>The region as its creator typed it: <c>West US 2</c>, <c>westus2</c>.</summary>
    public required string Location { get; init; }

    /// <summary>The tags; null: none were ever set.</summary>
    public IDictionary<string, string>? Tags { get; set; }

    /// <summary>Counts the writes of the whole service, and orders lists.</summary>
    public long Sequence { get; init; }

    /// <summary>The resource id.</summary>
    public string Id => $"/subscriptions/{SubscriptionId}/resourceGroups/{ResourceGroupName}/providers/{Type}/{Name}";

    internal AccountKey Key => new(SubscriptionId, ResourceGroupName, Name);
}
