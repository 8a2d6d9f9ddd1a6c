namespace CogRecover.Core.Errors;

/// <summary>Where accounts were looked for, as GUIDs of subscriptions.</summary>
/// <param name="Listed">Those whose accounts were listed.</param>
/// <param name="Unlisted">Those that couldn't be listed.</param>
/// <param name="AreAllKnown">Whether there are no others that were to be listed.</param>
/// <param name="Unreadable">How many accounts of the lists couldn't be read.</param>
internal sealed record SearchedSubscriptions(
    IReadOnlyList<string> Listed, IReadOnlyList<string> Unlisted, bool AreAllKnown, int Unreadable)
{
    /// <summary>Where else an account may be that wasn't found, as sentences after a space; empty if nowhere.</summary>
    public string MayBeElsewhere => LookupErrors.MayBeAmong(Unreadable)
        + (Unlisted.Count == 0 ? "" : $" It may also be in {Named(Unlisted)}, which couldn't be listed.")
        + (AreAllKnown
            ? ""
            : " It may also be in a subscription that wasn't found, because listing the subscriptions failed.");

    /// <summary>The subscriptions that were listed.</summary>
    public override string ToString() => Named(Listed);

    private static string Named(IReadOnlyCollection<string> subscriptions) => subscriptions.Count > 3
        ? $"{subscriptions.Count} subscriptions"
        : $"subscription {string.Join(", ", subscriptions)}";
}
