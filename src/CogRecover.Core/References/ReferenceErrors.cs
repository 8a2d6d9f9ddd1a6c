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
        + "-Name 'contoso*', and what it finds can be piped on.");

    public static RecoveryException InvalidSubscription(string subscriptionId, string? account = null) => new(
        RecoveryErrorId.InvalidResourceId,
        $"{(account is null ? "" : $"Account '{account}': ")}'{subscriptionId}' isn't a subscription id. It must be a "
        + "GUID.",
        "Run Get-AzSubscription to see the ids.");
}
