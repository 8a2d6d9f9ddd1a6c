namespace CogRecover.Formatting;

/// <summary>Says what a purge takes from an account for good, and what it frees, as far as the account has it.</summary>
internal static class PurgeDescription
{
    /// <summary>What would become of the account, in sentences.</summary>
    public static string Of(DeletedCognitiveAccount account)
    {
        string[] lost = HasModels(account) switch
        {
            true => ["keys", "endpoint", "model deployments", "data"],
            null => ["keys", "endpoint", "data", "any model deployments"],
            false => ["keys", "endpoint", "data"],
        };
        return $"Gone for good: its {Join(lost)}; it can't be restored any more. Free for others: its "
            + $"{Join(Freed(account))}.";
    }

    /// <summary>What has become of the account, in one line.</summary>
    public static string Done(DeletedCognitiveAccount account)
    {
        string[] freed = Freed(account);
        return $"Purged account '{account.Name}' ({account.Kind ?? "unknown kind"}) in resource group "
            + $"'{account.ResourceGroupName}', location '{account.Location}'. It is gone for good; its {Join(freed)} "
            + $"{(freed.Length == 1 ? "is" : "are")} free.";
    }

    private static string[] Freed(DeletedCognitiveAccount account) =>
    [
        "name",
        .. account.CustomSubDomainName is { } subdomain ? [$"subdomain '{subdomain}'"] : Array.Empty<string>(),
        .. HasModels(account) == true ? ["model quota"] : Array.Empty<string>(),
    ];

    private static string Join(string[] parts) => parts.Length == 1
        ? parts[0]
        : string.Join(", ", parts.Take(parts.Length - 1)) + " and " + parts[parts.Length - 1];

    // https://learn.microsoft.com/azure/ai-foundry/openai/how-to/create-resource: models are deployed in these kinds.
    private static bool? HasModels(DeletedCognitiveAccount account) => account.Kind?.ToUpperInvariant() switch
    {
        null => null,
        "OPENAI" or "AISERVICES" => true,
        _ => false,
    };
}
