namespace CogRecover.Core.Accounts;

/// <summary>A subscription's soft-deleted accounts, as they were when they were listed.</summary>
internal sealed class DeletedAccountList
{
    private IReadOnlyList<RecoveryException> untold;

    public DeletedAccountList(
        IReadOnlyList<DeletedCognitiveAccount> accounts, IReadOnlyList<RecoveryException> unreadable, DateTime readAt) =>
        (Accounts, untold, UnreadableCount, ReadAt) = (accounts, unreadable, unreadable.Count, readAt);

    /// <summary>When the list was asked for, in UTC.</summary>
    public DateTime ReadAt { get; }

    /// <summary>The accounts that could be read, in no order.</summary>
    public IReadOnlyList<DeletedCognitiveAccount> Accounts { get; }

    /// <summary>How many couldn't be read.</summary>
    public int UnreadableCount { get; }

    /// <summary>Why each of those couldn't be read, for the first who asks: it is told once.</summary>
    public IReadOnlyList<RecoveryException> TakeUnreadable() => Interlocked.Exchange(ref untold, []);
}
