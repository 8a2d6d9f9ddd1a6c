namespace CogRecover;

/// <summary>A live Azure Cognitive Services account, as it stands after a restore. Its names are those that the cmdlets
/// of Az.CognitiveServices bind to.</summary>
public sealed class CognitiveAccount
{
    internal CognitiveAccount() { }

    /// <summary>The account's name, unique within its resource group.</summary>
    public string Name { get; internal init; } = null!;

    /// <summary>The account's resource group.</summary>
    public string ResourceGroupName { get; internal init; } = null!;

    /// <summary>The region's normalized name (<c>westus2</c>), however its creator typed it.</summary>
    public string Location { get; internal init; } = null!;

    /// <summary>The subscription's GUID.</summary>
    public string SubscriptionId { get; internal init; } = null!;

    /// <summary>The subscription's name, from the list of subscriptions or the Azure context; null if neither tells.
    /// </summary>
    public string? SubscriptionName { get; internal set; }

    /// <summary>The kind of account: <c>OpenAI</c>, <c>AIServices</c>, <c>SpeechServices</c>, ….</summary>
    public string? Kind { get; internal init; }

    /// <summary>The name of the pricing tier, such as <c>S0</c>.</summary>
    public string? Sku { get; internal init; }

    /// <summary>The provisioning state the service last gave: <c>Succeeded</c> once the restore is through.</summary>
    public string? ProvisioningState { get; internal init; }

    /// <summary>The custom subdomain; null if the account has none.</summary>
    public string? CustomSubDomainName { get; internal init; }

    /// <summary>The endpoint that the account answers at.</summary>
    public string? Endpoint { get; internal init; }

    /// <summary>The account's managed identity; null if it has none.</summary>
    public AccountIdentity? Identity { get; internal init; }

    /// <summary>The account's tags; empty if none.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; internal init; } = TagDictionary.None;

    /// <summary>The account's resource id.</summary>
    public string ResourceId { get; internal init; } = null!;

    /// <summary>The service's own id of the account, which a restore keeps; null if it didn't say.</summary>
    internal string? InternalId { get; init; }

    /// <summary>When the account was first created, in UTC, which a restore keeps; null if the service didn't say.
    /// </summary>
    internal DateTime? DateCreated { get; init; }

    /// <summary>The account's name.</summary>
    public override string ToString() => Name;
}
