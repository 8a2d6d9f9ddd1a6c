using System.Text.Json.Nodes;

namespace CogRecover.Sandbox.Arm;

/// <summary>A Cognitive Services account, as its creator described it. What the service adds is derived when it is
/// written, so that fifty thousand of them stay small.</summary>
public sealed record Account : IArmResource
{
    /// <summary>The subscription, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The resource group, as its creator spelled it.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The name, unique in its resource group.</summary>
    public required string Name { get; init; }

    /// <summary>The region as its creator typed it: <c>West US 2</c>, <c>westus2</c>.</summary>
    public required string Location { get; init; }

    /// <summary>The kind: <c>OpenAI</c>, <c>Face</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>The name of the pricing tier: <c>S0</c>.</summary>
    public string Sku { get; set; } = "S0";

    /// <summary>The host name under which the account is reached, unique in the world; null: by region.</summary>
    public string? CustomSubDomainName { get; set; }

    /// <summary>The tags; null: none were ever set.</summary>
    public IDictionary<string, string>? Tags { get; set; }

    /// <summary>The managed identity, as ARM answers it; null: never set.</summary>
    public JsonObject? Identity { get; set; }

    /// <summary>Further properties that the creator set: <c>networkAcls</c>, <c>encryption</c>, … They win over what
    /// the service would derive.</summary>
    public JsonObject? Properties { get; set; }

    /// <summary>Who created it: a user's name, or the id of an application.</summary>
    public string CreatedBy { get; set; } = "admin@contoso.com";

    /// <summary>When the service created it first. A restore doesn't change it.</summary>
    public DateTimeOffset DateCreated { get; set; }

    /// <summary>When ARM last wrote it: the <c>createdAt</c> of its <c>systemData</c>, which a restore does change.
    /// </summary>
    public DateTimeOffset WrittenAt { get; set; }

    /// <summary><c>Succeeded</c>, or <c>Creating</c> and <c>Deleting</c> while an operation runs.</summary>
    public string ProvisioningState { get; init; } = "Succeeded";

    /// <summary>The service's own id of the account: kept by a restore, and what its keys hang on.</summary>
    public Guid InternalId { get; init; } = Guid.NewGuid();

    /// <summary>Counts the writes of the whole service: makes the ETag, and orders lists.</summary>
    public long Sequence { get; init; }

    /// <summary><c>Microsoft.CognitiveServices/accounts</c>.</summary>
    public string Type => ArmType.Accounts.FullName;

    /// <summary>The resource id of the live account.</summary>
    public string Id => IdOf(Key);

    /// <summary>The ETag, with its quotes.</summary>
    public string ETag => $"\"{Sequence:x8}-0000-3300-0000-{WrittenAt.ToUnixTimeSeconds():x8}0000\"";

    internal bool In(string subscriptionId) =>
        subscriptionId.Equals(SubscriptionId, StringComparison.OrdinalIgnoreCase);

    internal AccountKey Key => new(SubscriptionId, ResourceGroupName, Name);

    internal static string IdOf(AccountKey key) =>
        $"/subscriptions/{key.SubscriptionId}/resourceGroups/{key.ResourceGroupName}" +
        $"/providers/Microsoft.CognitiveServices/accounts/{key.Name}";
}
