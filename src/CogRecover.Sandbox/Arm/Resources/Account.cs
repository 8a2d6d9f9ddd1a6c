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

    /// <summary>The model deployments by name, each with the <c>sku</c> and the <c>properties</c> that its creator set;
    /// null: none. A restore brings them back.</summary>
    public JsonObject? Deployments { get; set; }

    /// <summary>What is known of its projects by name, each with what its creator set; null: nothing. Which projects
    /// there are stands in <c>associatedProjects</c> among the properties.</summary>
    public JsonObject? ProjectDetails { get; set; }

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

    /// <summary>The names of its projects.</summary>
    internal IReadOnlyList<string> Projects => Properties?["associatedProjects"] is JsonArray names
        ? [.. names.Select(Text).OfType<string>()]
        : [];

    /// <summary>The ids of the subnets that its agents are injected into.</summary>
    internal IEnumerable<string> AgentSubnets => Properties?["networkInjections"] is JsonArray injections
        ? injections.Select(one => Text((one as JsonObject)?["subnetArmId"])).OfType<string>()
        : [];

    /// <summary>The capacity of its deployments.</summary>
    internal int Capacity => Deployments?.Sum(one =>
        (one.Value as JsonObject)?["sku"] is JsonObject sku && sku["capacity"] is JsonValue value
            && value.TryGetValue(out int capacity) ? capacity : 0) ?? 0;

    /// <summary>The project that is meant where none is named; null: there is none.</summary>
    internal string? DefaultProject => Text(Properties?["defaultProject"]);

    /// <summary>The account with these projects, and this one of them as the default.</summary>
    internal Account WithProjects(IEnumerable<string> names, string? defaultProject)
    {
        var properties = Properties?.DeepClone().AsObject() ?? [];
        properties["associatedProjects"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
        properties["defaultProject"] = defaultProject;
        return this with { Properties = properties };
    }

    /// <summary>What a restore brings back: all but projects and private endpoints. What is assigned to the account was
    /// gone with the deletion.</summary>
    internal Account Restored()
    {
        var had = Properties;
        if (had is null) return this;
        var hadProjects = had.ContainsKey("associatedProjects") || had.ContainsKey("defaultProject");
        var restored = (hadProjects ? WithProjects([], null) : this with { Properties = had.DeepClone().AsObject() })
            with { ProjectDetails = null };
        restored.Properties!.Remove("privateEndpointConnections");
        return restored;
    }

    internal static string IdOf(AccountKey key) =>
        $"/subscriptions/{key.SubscriptionId}/resourceGroups/{key.ResourceGroupName}" +
        $"/providers/Microsoft.CognitiveServices/accounts/{key.Name}";

    private static string? Text(JsonNode? json) =>
        json is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
