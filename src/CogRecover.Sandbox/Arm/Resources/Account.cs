using System.Text.Json.Nodes;

namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>A Cognitive Services account, as its creator described it. What the service adds is derived when it is
/// written, so that fifty thousand of them stay small.</summary>
public sealed record Account() : ArmResource(ArmType.Accounts.FullName)
{
    /// <summary>The kind: <c>OpenAI</c>, <c>Face</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>The name of the pricing tier: <c>S0</c>.</summary>
    public string Sku { get; set; } = "S0";

    /// <summary>The host name under which the account is reached, unique in the world; null: by region.</summary>
    public string? CustomSubDomainName { get; set; }

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

    /// <summary>The ETag, with its quotes.</summary>
    public string ETag => $"\"{Sequence:x8}-0000-3300-0000-{WrittenAt.ToUnixTimeSeconds():x8}0000\"";

    internal static string IdOf(AccountKey key) =>
        $"/subscriptions/{key.SubscriptionId}/resourceGroups/{key.ResourceGroupName}" +
        $"/providers/Microsoft.CognitiveServices/accounts/{key.Name}";
}
