namespace CogRecover.Sandbox.Arm;

/// <summary>What stands in a resource group, as far as every list of resources sees it.</summary>
internal interface IArmResource : ISequenced
{
    /// <summary>The subscription, a GUID.</summary>
    string SubscriptionId { get; }

    /// <summary>The resource group, as the resource's creator spelled it.</summary>
    string ResourceGroupName { get; }

    /// <summary>The type with its namespace: <c>Microsoft.KeyVault/vaults</c>.</summary>
    string Type { get; }

    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>The tags; null: none were ever set.</summary>
    IDictionary<string, string>? Tags { get; }
}
