namespace CogRecover.Core.Errors;

/// <summary>No deleted account that a user asks for has a custom subdomain.</summary>
internal static class SubDomainErrors
{
    /// <summary>No soft-deleted account has the subdomain.</summary>
    /// <param name="subscriptions">The GUIDs of the subscriptions that were listed.</param>
    /// <param name="unreadable">How many accounts of the lists couldn't be read.</param>
    public static RecoveryException NotFound(
        string subDomain, IReadOnlyCollection<string> subscriptions, int unreadable) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"No soft-deleted account with subdomain '{subDomain}' was found in {LookupErrors.Searched(subscriptions)}. A "
        + "live account may have it, or an account in another subscription or tenant."
        + LookupErrors.MayBeAmong(unreadable),
        $"Run {NextCommand.FindSubDomain(subDomain)} to look in all subscriptions, and Get-AzCognitiveServicesAccount "
        + "to see the accounts that live.");

    /// <summary>An account has the subdomain, but another filter leaves it out.</summary>
    /// <inheritdoc cref="NotFound"/>
    public static RecoveryException FilteredOut(string subDomain, IReadOnlyCollection<string> subscriptions) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"A soft-deleted account has subdomain '{subDomain}', but its name, resource group, location, kind, time or "
        + $"date isn't the one that you ask for. Searched: {LookupErrors.Searched(subscriptions)}.",
        NextCommand.FindSubDomain(subDomain));
}
