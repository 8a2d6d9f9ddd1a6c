namespace CogRecover.Core.Errors;

/// <summary>An account wasn't found, or another one was.</summary>
internal static class LookupErrors
{
    /// <summary>No soft-deleted account has the name.</summary>
    /// <param name="unreadable">How many accounts of the list couldn't be read.</param>
    public static RecoveryException NotFound(AccountReference reference, int unreadable = 0) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"No soft-deleted account {Describe(reference)} was found in subscription {reference.SubscriptionId}. It may "
        + "have been purged, restored already, or deleted in another subscription, or it may have another name."
        + MayBeAmong(unreadable),
        $"Run Get-DeletedCognitiveAccount -SubscriptionId '{reference.SubscriptionId}' to see what can be restored, "
        + $"and {NextCommand.GetLive(reference)} to see whether it is live.");

    /// <summary>No soft-deleted account has the name, but others have similar ones. The command is recommended for the
    /// closest of them, the first.</summary>
    public static RecoveryException NotFound(
        RecoveryException notFound, AccountReference reference, IReadOnlyList<DeletedCognitiveAccount> similar,
        string command) => notFound.With(
        $"No soft-deleted account {Describe(reference)} was found in subscription {reference.SubscriptionId}. "
        + DescribeSimilar(similar),
        Recommend(similar, command), RecoveryErrorId.DeletedAccountNotFound);

    /// <summary>No soft-deleted account has the name that a user filters by, without wildcards.</summary>
    /// <param name="similar">The name of a soft-deleted account that the user may have meant; null if none is
    /// similar.</param>
    public static RecoveryException NotFound(
        string name, SearchedSubscriptions searched, string? similar = null) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"No soft-deleted account '{name}' was found in {searched}."
        + (similar is null
            ? " It may have been purged, restored already, or deleted in another subscription."
            : $" Did you mean '{similar}'?")
        + searched.MayBeElsewhere,
        similar is null
            ? "Run Get-DeletedCognitiveAccount to see what can be restored, or look in all subscriptions: "
                + $"{NextCommand.GetDeleted(name)} -AllSubscriptions"
            : "Run " + In(searched.Listed, similar));

    /// <summary>An account has the name that a user filters by, but another filter leaves it out.</summary>
    /// <param name="subscriptions">The GUIDs of the subscriptions that were listed.</param>
    public static RecoveryException FilteredOut(string name, IReadOnlyList<string> subscriptions) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"Account '{name}' is soft-deleted, but it doesn't match the name, resource group, location, kind, subdomain, "
        + "tag, person, time or date that you ask for.",
        In(subscriptions, name));

    /// <summary>The warning that there is nothing to purge, as no account was found.</summary>
    public static string NothingToPurge(
        AccountReference reference, IReadOnlyList<DeletedCognitiveAccount> similar, string command) =>
        $"No soft-deleted account {Describe(reference)} was found in subscription {reference.SubscriptionId}, so there "
        + "is nothing to purge."
        + (similar.Count == 0 ? "" : $" {DescribeSimilar(similar)} {Recommend(similar, command)}");

    /// <summary>An account in a message: its name, and its group and location as far as they are known.</summary>
    public static string Describe(AccountReference reference) =>
        reference.Location is { } location ? $"{reference} ({location})" : reference.ToString();

    /// <summary>The soft-deleted account was deleted at another time than the one that the user means.</summary>
    /// <param name="meant">When the one that the user means was deleted, as text.</param>
    /// <param name="participle">What wasn't done: <c>purged</c>.</param>
    public static RecoveryException DeletedAtAnotherTime(
        DeletedCognitiveAccount found, string meant, string participle) => new(RecoveryErrorId.DeletedAccountNotFound,
        $"Account {AccountReference.Of(found)} wasn't {participle}, and nothing was sent. The account of that name "
        + $"that is soft-deleted now isn't the one that you mean. {Deletions(meant, found)}",
        LookFirst(found));

    public static RecoveryException Ambiguous(
        AccountReference reference, IReadOnlyCollection<DeletedCognitiveAccount> matches)
    {
        DeletedCognitiveAccount first = matches.First();
        return new(
            RecoveryErrorId.AmbiguousAccount,
            $"{matches.Count} soft-deleted accounts are named '{reference.Name}': "
            + $"{string.Join("; ", matches.Select(match => $"in {Place(match)}"))}.",
            $"Say which one you mean: -Name '{NextCommand.Quote(first.Name)}' "
            + $"-ResourceGroupName '{NextCommand.Quote(first.ResourceGroupName)}' -Location '{first.Location}', for "
            + $"example, or -ResourceId '{NextCommand.Quote(first.ResourceId)}'.");
    }

    /// <summary>The Activity Log of a subscription can't be read.</summary>
    /// <param name="id">The id of the failure.</param>
    public static RecoveryException NoActivityLog(string subscriptionId, string reason, RecoveryErrorId id) => new(
        id,
        $"The Activity Log of subscription {subscriptionId} couldn't be read: {reason}",
        id == RecoveryErrorId.AuthorizationFailed
            ? "Reading it needs Microsoft.Insights/eventtypes/values/read at subscription scope. Ask for a role that "
                + "has it, such as 'Reader'."
            : "Try again later.");

    /// <summary>Nothing tells whether the account that was found is the one that the user means.</summary>
    /// <param name="how">Whether it is live or soft-deleted: <c>is live</c>.</param>
    public static RecoveryException IdentityUnknown(string how) => ServiceErrors.InvalidResponse(
        $"an account of that name {how}, but the answer doesn't tell whether it is the same account");

    public static string Deletions(string? meant, DeletedCognitiveAccount found)
    {
        string now = found.DeletionDate is { } date ? UtcDate.FormatSeconds(date) : "a time that Azure doesn't tell";
        return meant is null ? $"This one was deleted at {now}." : $"Yours was deleted at {meant}; this one at {now}.";
    }

    public static string LookFirst(DeletedCognitiveAccount found) =>
        $"Run {NextCommand.GetDeleted(found)} to see it. If it is the one that you mean, pipe the result into your "
        + "command.";

    private static string In(IReadOnlyList<string> subscriptions, string name) => subscriptions is [var only]
        ? NextCommand.GetDeleted(only, name)
        : $"{NextCommand.GetDeleted(name)} -AllSubscriptions";

    private static string Recommend(IReadOnlyList<DeletedCognitiveAccount> similar, string command) =>
        $"If you mean {(similar.Count == 1 ? "that one" : "the first")}: {NextCommand.For(command, similar[0])}";

    private static string DescribeSimilar(IReadOnlyList<DeletedCognitiveAccount> similar) =>
        $"{(similar.Count == 1 ? "This one is" : "These are")} soft-deleted: "
        + $"{string.Join("; ", similar.Select(account => $"'{account.Name}' in {Place(account)}"))}.";

    private static string Place(DeletedCognitiveAccount account) =>
        $"resource group '{account.ResourceGroupName}', location '{account.Location}'";

    /// <summary>Where else an account may be that wasn't found: among those that couldn't be read. Empty if there are
    /// none.</summary>
    public static string MayBeAmong(int unreadable) => unreadable switch
    {
        0 => "",
        1 => " It may also be the account in the list that can't be read.",
        _ => $" It may also be one of {unreadable} accounts in the list that can't be read.",
    };
}
