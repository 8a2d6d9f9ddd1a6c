namespace CogRecover.Core.Errors;

/// <summary>The user isn't signed in, or can't see anything.</summary>
internal static class SignInErrors
{
    /// <summary>There is no Azure context, or it lacks something.</summary>
    /// <param name="reason">What is missing, as a sentence.</param>
    public static RecoveryException NotSignedIn(string reason) => new(RecoveryErrorId.NotSignedIn,
        reason, "Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity.");

    /// <summary>The Azure context has no subscription, and the user gave none.</summary>
    public static RecoveryException NoSubscription() => new(RecoveryErrorId.NotSignedIn,
        "This Azure context has no subscription, and -SubscriptionId isn't given.",
        "Run Get-AzSubscription to see the subscriptions, and choose one with Set-AzContext -Subscription.");

    /// <summary>No token could be obtained.</summary>
    public static RecoveryException NoToken(string reason, Exception? cause = null) => new(
        RecoveryErrorId.AuthenticationFailed,
        $"An access token for Azure Resource Manager couldn't be obtained: {reason}",
        "Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity.",
        cause);

    /// <summary>The tenant shows no subscription whose accounts could be listed.</summary>
    public static RecoveryException NoSubscriptions() => new(RecoveryErrorId.AuthorizationFailed,
        "This sign-in can't see any enabled subscription.",
        "Run Get-AzSubscription to see what it can see, or Connect-AzAccount -Tenant to sign in to another tenant.");
}
