namespace CogRecover.Core.Errors;

/// <summary>The command lines that errors recommend.</summary>
internal static class NextCommand
{
    // As PowerShell reads them: any of these ends a string in single quotes.
    private static readonly Regex SingleQuotes = new("['\u2018\u2019\u201A\u201B]");

    /// <summary>What comes before a command of Az that works in the subscription of the context. It is left out for a
    /// user whose context has that subscription: see <see cref="InContext"/>.</summary>
    public static string In(string subscriptionId) => $"Set-AzContext -Subscription '{subscriptionId}'; ";

    /// <summary>A text without the commands that lead to the subscription that the user works in anyway.</summary>
    public static string InContext(string text, string? subscriptionId)
    {
        if (subscriptionId is null) return text;
        string shorter = text.Replace(In(subscriptionId), "");

        // After a command that leads elsewhere, this one has to lead back.
        return shorter.Contains("Set-AzContext -Subscription '") ? text : shorter;
    }

    /// <summary>How to bring an account's resource group back.</summary>
    /// <param name="location">The region's normalized name; null if only the user knows it.</param>
    public static string CreateGroup(string subscriptionId, string name, string? location) => location is null
        ? "The account is in no region, so only you know where the group was. Create it: "
            + NewGroup(subscriptionId, name, location)
        : "Add -CreateResourceGroup to Restore-CognitiveAccount, or create it with "
            + $"{NewGroup(subscriptionId, name, location)}.";

    /// <inheritdoc cref="CreateGroup"/>
    public static string NewGroup(string subscriptionId, string name, string? location) => In(subscriptionId)
        + $"New-AzResourceGroup -Name '{Quote(name)}' -Location {(location is null ? "<region>" : $"'{location}'")}";

    /// <summary>How to see a resource group.</summary>
    public static string GetGroup(string subscriptionId, string name) =>
        $"{In(subscriptionId)}Get-AzResourceGroup -Name '{Quote(name)}'";

    /// <summary>How to bring it back while its deletion still goes on.</summary>
    /// <inheritdoc cref="CreateGroup"/>
    public static string CreateGroupOnceDeleted(string subscriptionId, string name, string? location) =>
        location is null
        ? $"Wait until {GetGroup(subscriptionId, name)} no longer finds it. "
            + CreateGroup(subscriptionId, name, location)
        : "Add -RestoreDependency to Restore-CognitiveAccount: it waits until the group is gone, creates it again, and "
            + "brings back what else the account needs. -CreateResourceGroup does so for the group alone.";

    public static string For(string command, DeletedCognitiveAccount account) =>
        $"{command} -Name '{Quote(account.Name)}' -ResourceGroupName '{Quote(account.ResourceGroupName)}' "
        + $"-Location '{account.Location}' -SubscriptionId '{account.SubscriptionId}'";

    public static string GetLive(AccountReference account) => In(account.SubscriptionId)
        + "Get-AzCognitiveServicesAccount" + (account.ResourceGroupName is { } group
            ? $" -ResourceGroupName '{Quote(group)}' -Name '{Quote(account.Name)}'"
            : "");

    /// <summary>How to give a live account a tier that isn't free.</summary>
    public static string SetTier(CognitiveAccount account)
    {
        string tier = account.Kind switch
        {
            "ComputerVision" or "TextTranslation" => "S1",
            "TextAnalytics" => "S",
            _ => "S0",
        };
        return In(account.SubscriptionId)
            + $"Set-AzCognitiveServicesAccount -ResourceGroupName '{Quote(account.ResourceGroupName)}' "
            + $"-Name '{Quote(account.Name)}' -SkuName {tier}";
    }

    public static string GetDeleted(DeletedCognitiveAccount account) =>
        GetDeleted(account.SubscriptionId, account.Name);

    public static string GetDeleted(string subscriptionId, string name) =>
        $"Get-DeletedCognitiveAccount -SubscriptionId '{subscriptionId}' -Name '{Quote(name)}'";

    /// <summary>Without the subscription: in the one of the context.</summary>
    public static string GetDeleted(string name) => $"Get-DeletedCognitiveAccount -Name '{Quote(name)}'";

    /// <summary>How to find the deleted account that holds a subdomain. It may be in any subscription.</summary>
    public static string FindSubDomain(string subDomain) =>
        $"Get-DeletedCognitiveAccount -SubDomainName '{Quote(subDomain)}' -AllSubscriptions";

    public static string Quote(string name) => SingleQuotes.Replace(name, "$0$0");
}
