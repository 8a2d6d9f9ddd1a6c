namespace CogRecover.Formatting;

/// <summary>Describes accounts in questions and messages.</summary>
internal static class AccountDescription
{
    // Nobody reads a question with thirty names.
    private const int MostNamed = 4;

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
        string[] lost = AccountHoldings.HasModels(account.Kind) switch
        {
            true => ["keys", "endpoint", "model deployments", "data"],
            null => ["keys", "endpoint", "data", "any model deployments"],
            false => ["keys", "endpoint", "data"],
        };
        string[] freed = Freed(account);
        return $"Its {Join([.. lost, .. Projects(account)])} are lost for good; the account can't be restored any "
            + $"more. Its {Join(freed)} {(freed.Length == 1 ? "becomes" : "become")} free for others."
            + AgentLink(account);
    }

    /// <summary>What a purge has done.</summary>
    public static string OfPurged(DeletedCognitiveAccount account)
    {
        string[] freed = Freed(account);
        return $"Purged account {NameAndPlace(account)}. It is gone for good; its {Join(freed)} "
            + $"{(freed.Length == 1 ? "is" : "are")} free.{AgentLink(account)}";
    }

    private static string NameAndPlace(DeletedCognitiveAccount account) =>
        $"'{account.Name}' ({account.Kind ?? "unknown kind"}) in resource group '{account.ResourceGroupName}', "
        + $"location '{account.Location}'";

    private static string[] Freed(DeletedCognitiveAccount account)
    {
        List<string> freed = ["name"];
        if (account.CustomSubDomainName is { } subdomain) freed.Add($"subdomain '{subdomain}'");
        if (AccountHoldings.HasModels(account.Kind) == true) freed.Add("model quota");
        return [.. freed];
    }

    private static string[] Projects(DeletedCognitiveAccount account) => account.Projects switch
    {
        [] => [],
        [var only] => [$"Foundry project '{only}'"],
        var projects => [$"{projects.Count} Foundry projects ({Join(Few(projects))})"],
    };

    // https://learn.microsoft.com/azure/ai-foundry/agents/how-to/virtual-networks: what links the subnet to the account
    // goes some time after the account.
    private static string AgentLink(DeletedCognitiveAccount account)
    {
        string[] subnets = [.. AccountHoldings.AgentSubnets(account)
            .Select(subnet => subnet.Substring(subnet.LastIndexOf('/') + 1))];
        return subnets.Length switch
        {
            0 => "",
            1 => $" The link to its agents' subnet '{subnets[0]}' is removed 15 to 60 minutes after the purge.",
            _ => $" The links to its agents' subnets {Join(Few(subnets))} are removed 15 to 60 minutes after the "
                + "purge.",
        };
    }

    private static string[] Few(IReadOnlyList<string> names) => names.Count <= MostNamed
        ? [.. names.Select(name => $"'{name}'")]
        : [.. names.Take(MostNamed - 1).Select(name => $"'{name}'"), $"{names.Count - MostNamed + 1} more"];

    private static string Join(string[] parts) => parts.Length == 1
        ? parts[0]
        : string.Join(", ", parts.Take(parts.Length - 1)) + $" and {parts.Last()}";
}
