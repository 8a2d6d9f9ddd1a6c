namespace CogRecover.Formatting;

/// <summary>Names an account in a question, with all that tells it from others.</summary>
internal static class AccountDescription
{
    /// <param name="account">The account.</param>
    /// <param name="contextSubscriptionId">The subscription that goes without saying; null if there is none.</param>
    public static string Of(DeletedCognitiveAccount account, string? contextSubscriptionId) =>
        $"account '{account.Name}' ({account.Kind ?? "unknown kind"}) in resource group '{account.ResourceGroupName}', "
        + $"location '{account.Location}'"
        + (account.SubscriptionId.Equals(contextSubscriptionId, StringComparison.OrdinalIgnoreCase)
            ? ""
            : $", subscription {account.SubscriptionId}")
        + (account.DeletionDate is { } deleted ? $", deleted {AccountTable.Date(deleted)} UTC" : "");
}
