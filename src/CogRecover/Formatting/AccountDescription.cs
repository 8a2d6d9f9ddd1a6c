namespace CogRecover.Formatting;

/// <summary>Describes accounts in questions and messages.</summary>
internal static class AccountDescription
{
    /// <summary>What tells an account from others.</summary>
    /// <param name="contextSubscriptionId">The subscription that goes without saying; null if there is none.</param>
    public static string Of(DeletedCognitiveAccount account, string? contextSubscriptionId) =>
        $"account {NameAndPlace(account)}"
        + (account.SubscriptionId.Equals(contextSubscriptionId, StringComparison.OrdinalIgnoreCase)
            ? ""
            : $", subscription {account.SubscriptionId}")
        + (account.DeletionDate is { } deleted ? $", deleted {AccountTable.Date(deleted)} UTC" : "");

    /// <summary>What a purge would take away for good, and what it would free.</summary>
    public static string OfPurge(DeletedCognitiveAccount account)
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

    /// <summary>What a purge has done.</summary>
    public static string OfPurged(DeletedCognitiveAccount account)
    {
        string[] freed = Freed(account);
        return $"Purged account {NameAndPlace(account)}. It is gone for good; its {Join(freed)} "
            + $"{(freed.Length == 1 ? "is" : "are")} free.";
    }

    private static string NameAndPlace(DeletedCognitiveAccount account) =>
        $"'{account.Name}' ({account.Kind ?? "unknown kind"}) in resource group '{account.ResourceGroupName}', "
        + $"location '{account.Location}'";

    private static string[] Freed(DeletedCognitiveAccount account)
    {
        List<string> freed = ["name"];
        if (account.CustomSubDomainName is { } subdomain) freed.Add($"subdomain '{subdomain}'");
        if (HasModels(account) == true) freed.Add("model quota");
        return [.. freed];
    }

    private static string Join(string[] parts) => parts.Length == 1
        ? parts[0]
        : string.Join(", ", parts.Take(parts.Length - 1)) + $" and {parts.Last()}";

    // https://learn.microsoft.com/azure/ai-foundry/openai/how-to/create-resource: models are deployed in these kinds.
    private static bool? HasModels(DeletedCognitiveAccount account) =>
        account.Kind is null ? null : account.Kind.ToUpperInvariant() is "OPENAI" or "AISERVICES";
}
