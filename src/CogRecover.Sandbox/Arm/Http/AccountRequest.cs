using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.Http;

/// <summary>What a PUT or PATCH of an account asks for.</summary>
internal sealed record AccountRequest(JsonObject Body)
{
    /// <summary>What only the service sets. A client that sends back what it read sends these too, to no effect.
    /// </summary>
    private static readonly HashSet<string> ReadOnly = new(StringComparer.OrdinalIgnoreCase)
    {
        "abusePenalty", "callRateLimit", "capabilities", "commitmentPlanAssociations", "dateCreated", "deletionDate",
        "endpoint", "endpoints", "internalId", "isMigrated", "privateEndpointConnections", "provisioningState",
        "quotaLimit", "restore", "scheduledPurgeDate", "skuChangeInfo", "customSubDomainName",
    };

    public string? Location => Body.Text("location");

    public string? Kind => Body.Text("kind");

    public string? Sku => Body.Object("sku")?.Text("name");

    public string? CustomSubDomainName => Body.Object("properties")?.Text("customSubDomainName");

    public bool Restore => Body.Object("properties")?["restore"] is JsonValue value
        && value.TryGetValue(out bool restore) && restore;

    public IDictionary<string, string>? Tags => Body.Object("tags") is { } tags
        ? tags.ToDictionary(tag => tag.Key, tag => tags.Text(tag.Key) ?? "")
        : null;

    /// <summary>The settable properties, merged into those the account has.</summary>
    public JsonObject? MergeProperties(JsonObject? existing)
    {
        var sent = Body.Object("properties")?.Where(property => !ReadOnly.Contains(property.Key)).ToList() ?? [];
        if (sent.Count == 0) return existing;
        var merged = existing?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in sent) merged[name] = value?.DeepClone();
        return merged;
    }

    /// <summary>The identity, with the ids that the directory gives it; an existing one keeps its own.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="existing">What the account has; null: nothing yet.</param>
    /// <param name="find">Finds a user-assigned identity by its id.</param>
    public JsonObject? Identity(string tenantId, JsonObject? existing, Func<string, TrackedResource?> find)
    {
        if (Body.Object("identity")?.DeepClone().AsObject() is not { } identity) return existing;
        var type = identity.Text("type") ?? "None";
        if (type.Contains("SystemAssigned", StringComparison.OrdinalIgnoreCase))
        {
            identity["principalId"] = existing?["principalId"]?.DeepClone() ?? Guid.NewGuid().ToString();
            identity["tenantId"] = tenantId;
        }

        foreach (var (id, value) in identity.Object("userAssignedIdentities")?.ToList() ?? [])
        {
            // A guess: one that isn't there is taken all the same.
            var there = find(id);
            identity["userAssignedIdentities"]![id] = existing?.Object("userAssignedIdentities")?[id]?.DeepClone()
                ?? new JsonObject
                {
                    ["principalId"] = there?.PrincipalId ?? Guid.NewGuid().ToString(),
                    ["clientId"] = there?.ClientId ?? Guid.NewGuid().ToString(),
                };
        }

        return identity;
    }
}
