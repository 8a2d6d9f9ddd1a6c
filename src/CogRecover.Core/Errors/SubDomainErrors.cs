namespace CogRecover.Core.Errors;

/// <summary>No deleted account that a user asks for has a custom subdomain.</summary>
internal static class SubDomainErrors
{
    /// <summary>No soft-deleted account has the subdomain.</summary>
    public static RecoveryException NotFound(string subDomain, SearchedSubscriptions searched) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"No soft-deleted account with subdomain '{subDomain}' was found in {searched}. A "
        + "live account may have it, or an account in another subscription or tenant."
        + searched.MayBeElsewhere,
        $"Run {NextCommand.FindSubDomain(subDomain)} to look in all subscriptions, and Get-AzCognitiveServicesAccount "
        + "to see the accounts that live.");

    /// <summary>An account has the subdomain, but another filter leaves it out.</summary>
    public static RecoveryException FilteredOut(string subDomain, SearchedSubscriptions searched) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"A soft-deleted account has subdomain '{subDomain}', but it doesn't match the name, resource group, location, "
        + $"kind, tag, time or date that you ask for. Searched: {searched}.",
        NextCommand.FindSubDomain(subDomain));
}
