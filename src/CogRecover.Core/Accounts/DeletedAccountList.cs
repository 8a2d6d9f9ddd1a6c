namespace CogRecover.Core.Accounts;

/// <summary>A subscription's soft-deleted accounts, in no order, as they were when they were listed.</summary>
/// <param name="Unreadable">Why each of the others couldn't be read.</param>
/// <param name="ReadAt">When the list was asked for, in UTC.</param>
internal sealed record DeletedAccountList(
    IReadOnlyList<DeletedCognitiveAccount> Accounts, IReadOnlyList<RecoveryException> Unreadable, DateTime ReadAt);
