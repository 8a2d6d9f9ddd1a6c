namespace CogRecover.Core;

/// <summary>Lists, restores and purges the soft-deleted accounts that one Azure Resource Manager endpoint knows. Safe
/// to be used from many threads at once. Every failure is a <see cref="RecoveryException"/>, but for a
/// cancellation.</summary>
internal sealed class AccountRecovery
{
    private readonly TokenRedaction redaction;

    /// <param name="connection">Where Azure Resource Manager is, and how to be let in.</param>
    /// <param name="stop">Stops what several callers share, such as a list that is read once. A caller's own token ends
    /// its wait only.</param>
    public AccountRecovery(ArmConnection connection, CancellationToken stop = default)
    {
        redaction = connection.Redaction;
        var arm = new ArmRequests(connection);
        var reads = new SharedReads(arm, redaction, connection.LookupTimeout, stop);
        Accounts = new AccountStore(arm);
        Finder = new AccountFinder(Accounts, stop);
        var verifier = new AccountVerifier(arm, Accounts, Finder);
        Prerequisites = new RestorePrerequisites(
            reads, verifier, new FreeTierCheck(reads, Finder, connection.LookupTimeout));
        Operations = new AccountOperations(
            arm, Accounts, verifier, new HolderSearch(Accounts, Finder, connection.LookupTimeout),
            connection.Session.Purges);
        Deletions = new DeletionLog(reads);
    }

    public AccountStore Accounts { get; }
    public AccountFinder Finder { get; }
    public RestorePrerequisites Prerequisites { get; }
    public AccountOperations Operations { get; }
    public DeletionLog Deletions { get; }

    /// <summary>The text without the caller's token, which a server may have quoted.</summary>
    public string Redact(string text) => redaction.Redact(text);

    /// <summary>The failure without the caller's token: without its cause, where that has it.</summary>
    public RecoveryException Redact(RecoveryException failure) => redaction.Redact(failure);
}
