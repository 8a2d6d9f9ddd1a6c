namespace CogRecover.Core.Accounts;

/// <summary>A subscription's soft-deleted accounts, in no order, as they were when they were listed.</summary>
/// <param name="unreadable">Why each of the others couldn't be read.</param>
/// <param name="readAt">When the list was asked for, in UTC.</param>
internal sealed class DeletedAccountList(
    IReadOnlyList<DeletedCognitiveAccount> accounts, IReadOnlyList<RecoveryException> unreadable, DateTime readAt)
{
    private IReadOnlyList<RecoveryException> unreported = unreadable;
    public DateTime ReadAt => readAt;
    public IReadOnlyList<DeletedCognitiveAccount> Accounts => accounts;
    public int UnreadableCount { get; } = unreadable.Count;

    /// <summary>Why each couldn't be read. Only the first caller gets it, so that each is reported once.</summary>
    public IReadOnlyList<RecoveryException> ReportUnreadableOnce() => Interlocked.Exchange(ref unreported, []);
}
