namespace CogRecover.Core;

/// <summary>Lists, restores and purges the soft-deleted accounts that one Azure Resource Manager endpoint knows. Safe
/// to be used from many threads at once. Every failure is a <see cref="RecoveryException"/>, but for a
/// cancellation.</summary>
internal sealed class AccountRecovery
{
    private readonly TokenRedaction redaction;
    private readonly SubscriptionNames subscriptions = new();
    private readonly string? subscriptionId;

    /// <param name="connection">Where Azure Resource Manager is, and how to be let in.</param>
    /// <param name="stop">Stops what several callers share, such as a list that is read once. A caller's own token ends
    /// its wait only.</param>
    public AccountRecovery(ArmConnection connection, CancellationToken stop = default)
    {
        redaction = connection.Redaction;
        subscriptionId = connection.SubscriptionId;
        subscriptions.Note(subscriptionId, connection.SubscriptionName);
        var arm = new ArmRequests(connection);
        var reads = new SharedReads(arm, redaction, connection.LookupTimeout, stop);
        Accounts = new AccountStore(arm, subscriptions);
        Locations = new LocationCheck(reads);
        Finder = new AccountFinder(Accounts, Locations, stop);
        var verifier = new AccountVerifier(arm, Accounts, Finder);
        Prerequisites = new RestorePrerequisites(
            reads, verifier, new FreeTierCheck(reads, Finder, connection.LookupTimeout), Present);
        Operations = new AccountOperations(
            arm, Accounts, verifier, new HolderSearch(Accounts, Finder, connection.LookupTimeout),
            connection.Session.Purges);
        Deletions = new DeletionLog(reads);
    }

    public AccountStore Accounts { get; }
    public AccountFinder Finder { get; }
    public LocationCheck Locations { get; }
    public RestorePrerequisites Prerequisites { get; }
    public AccountOperations Operations { get; }
    public DeletionLog Deletions { get; }

    /// <summary>The text as the user gets it: without the caller's token, which a server may have quoted, and without
    /// the commands that lead to the subscription that the user works in.</summary>
    public string Present(string text) => NextCommand.InContext(redaction.Redact(text), subscriptionId);

    /// <summary>Adds the name of its subscription to what the user gets, where it is known.</summary>
    public void AddSubscriptionName(object? written) => subscriptions.AddTo(written);

    /// <summary>The failure as the user gets it: without its cause, where that has the caller's token.</summary>
    public RecoveryException Present(RecoveryException failure)
    {
        RecoveryException redacted = redaction.Redact(failure);
        string message = Present(redacted.Message), action = Present(redacted.RecommendedAction);
        return message == redacted.Message && action == redacted.RecommendedAction
            ? redacted
            : redacted.With(message, action, cause: redacted.InnerException);
    }
}
