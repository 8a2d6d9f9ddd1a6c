namespace CogRecover.Core.Accounts;

/// <summary>What accounts hold, live or soft-deleted, until they are purged.</summary>
internal static class AccountHoldings
{
    private const string FreeTier = "F0";

    /// <summary>Whether models are deployed in accounts of a kind; null if the kind isn't known. See
    /// https://learn.microsoft.com/azure/ai-foundry/openai/how-to/create-resource.</summary>
    public static bool? HasModels(string? kind) =>
        kind is null ? null : Same(kind, "OpenAI") || Same(kind, "AIServices");

    /// <summary>The resource ids of the subnets that a soft-deleted account's agents run in.</summary>
    public static IReadOnlyList<string> AgentSubnets(DeletedCognitiveAccount account) => account.AgentSubnets;

    private static bool Same(string? left, string? right) =>
        left is not null && left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
