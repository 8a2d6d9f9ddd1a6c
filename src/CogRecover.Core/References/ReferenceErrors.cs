namespace CogRecover.Core.References;

/// <summary>A name or an id isn't well-formed.</summary>
internal static class ReferenceErrors
{
    public static RecoveryException InvalidResourceId(string resourceId, string reason, Exception? cause = null) => new(
        RecoveryErrorId.InvalidResourceId,
        $"'{resourceId}' doesn't name a Cognitive Services account: {reason}.",
        "Give the ResourceId that Get-DeletedCognitiveAccount shows, or the account's own: "
        + "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.CognitiveServices/accounts/{name}.",
        cause);

    public static RecoveryException InvalidName(string what, string name) => new(RecoveryErrorId.InvalidResourceId,
        $"'{name}' can't be the name of an Azure {what}.",
        "Run Get-DeletedCognitiveAccount to see the names. It takes wildcards, as in Get-DeletedCognitiveAccount "
        + "-Name 'contoso*'. You can pipe what it finds into your command.");

    /// <summary>No region has that name.</summary>
    /// <param name="given">What the user gave, in their spelling.</param>
    /// <param name="regions">The names that there are; null for those that the module knows.</param>
    public static RecoveryException InvalidLocation(string given, IEnumerable<string>? regions = null)
    {
        (string nearest, bool isClose) = Region.Nearest(given, regions ?? Region.Known);
        return new(
            RecoveryErrorId.InvalidLocation,
            $"'{given}' isn't an Azure location. The nearest is '{nearest}'.",
            isClose
                ? $"Give '{nearest}' instead, if you mean that. Get-AzLocation shows all locations."
                : "Run Get-AzLocation to see all locations.");
    }

    public static RecoveryException InvalidSubscription(string subscriptionId, string? account = null) => new(
        RecoveryErrorId.InvalidResourceId,
        $"{(account is null ? "" : $"Account '{account}': ")}'{subscriptionId}' isn't a subscription id. It must be a "
        + "GUID.",
        "Run Get-AzSubscription to see the ids.");
}
