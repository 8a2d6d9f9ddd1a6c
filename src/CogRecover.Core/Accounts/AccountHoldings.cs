namespace CogRecover.Core.Accounts;

/// <summary>What an account holds, live or soft-deleted, until it is purged.</summary>
internal sealed record AccountHoldings(string? Kind, string? Sku, string? SubDomain, string Location)
{
    private const string FreeTier = "F0";

    public static AccountHoldings Of(DeletedCognitiveAccount account) =>
        new(account.Kind, account.Sku, account.CustomSubDomainName, account.Location);

    public static AccountHoldings Of(CognitiveAccount account) =>
        new(account.Kind, account.Sku, account.CustomSubDomainName, account.Location);

    /// <summary>Whether models are deployed in accounts of a kind; null if the kind isn't known. See
    /// https://learn.microsoft.com/azure/ai-foundry/openai/how-to/create-resource.</summary>
    public static bool? HasModels(string? kind) =>
        kind is null ? null : Same(kind, "OpenAI") || Same(kind, "AIServices");

    /// <summary>The resource ids of the subnets that a soft-deleted account's agents run in.</summary>
    public static IReadOnlyList<string> AgentSubnets(DeletedCognitiveAccount account) => account.AgentSubnets;

    public bool IsFree => Same(Sku, FreeTier);

    /// <summary>Whether this is what the restore of another account of the subscription was refused for.</summary>
    public bool Blocks(AccountHoldings refused, RecoveryErrorId refusal) => refusal switch
    {
        RecoveryErrorId.SubdomainInUse => Same(SubDomain, refused.SubDomain),
        RecoveryErrorId.FreeTierInUse => IsFree && Same(Kind, refused.Kind),

        // The quota of models is the same for all kinds that have them.
        RecoveryErrorId.QuotaExceeded => Same(Location, refused.Location)
            && (Same(Kind, refused.Kind) || (HasModels(Kind) == true && HasModels(refused.Kind) == true)),
        _ => false,
    };

    private static bool Same(string? left, string? right) =>
        left is not null && left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
