namespace CogRecover;

/// <summary>A live Azure Cognitive Services account, as it stands after a restore. Its names are those that the cmdlets
/// of Az.CognitiveServices bind to.</summary>
public sealed class CognitiveAccount
{
    /// <summary>The account's name, unique within its resource group.</summary>
    public required string Name { get; init; }

    /// <summary>The account's resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The region's normalized name (<c>westus2</c>), however its creator typed it.</summary>
    public required string Location { get; init; }

    /// <summary>The subscription's GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The kind of account: <c>OpenAI</c>, <c>AIServices</c>, <c>SpeechServices</c>, ….</summary>
    public string? Kind { get; init; }

    /// <summary>The name of the pricing tier, such as <c>S0</c>.</summary>
    public string? Sku { get; init; }

    /// <summary>The provisioning state the service last gave: <c>Succeeded</c> once the restore is through.</summary>
    public string? ProvisioningState { get; init; }

    /// <summary>The custom subdomain; null if the account has none.</summary>
    public string? CustomSubDomainName { get; init; }

    /// <summary>The endpoint that the account answers at.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The account's managed identity; null if it has none.</summary>
    public AccountIdentity? Identity { get; init; }

    /// <summary>The account's tags; empty if none.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = TagDictionary.None;

    /// <summary>The account's resource id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The service's own id of the account, which a restore keeps; null if it didn't say.</summary>
    internal string? InternalId { get; init; }

    /// <summary>When the account was first created, in UTC, which a restore keeps; null if the service didn't say.
    /// </summary>
    internal DateTime? DateCreated { get; init; }

    /// <summary>The account's name.</summary>
    public override string ToString() => Name;
}
