namespace CogRecover.Core.Accounts;

/// <summary>Whether the account that stands under a name now is the one that was meant.</summary>
internal enum AccountMatch
{
    Same,
    /// <summary>The same account, restored and deleted again in the meantime.</summary>
    DeletedAgain,
    Another,
    /// <summary>The service gave neither the id nor the date of creation, and nothing else tells them apart.</summary>
    Unknown,
}

/// <summary>Tells accounts of the same name apart by what a restore keeps: the service's own id, the location and the
/// date of the creation. A recorded restore gave the account a new <c>systemData.createdAt</c>, so that doesn't
/// count.</summary>
internal static class AccountMatches
{
    /// <summary>Compares with a soft-deleted account.</summary>
    public static AccountMatch Compare(DeletedCognitiveAccount meant, DeletedCognitiveAccount found)
    {
        bool isOtherDeletion = meant.DeletionDate is not null && found.DeletionDate is not null
            && meant.DeletionDate != found.DeletionDate;
        return (IsSame(meant, found.InternalId, found.DateCreated), isOtherDeletion) switch
        {
            (false, _) => AccountMatch.Another,
            (_, false) => AccountMatch.Same,
            (true, true) => AccountMatch.DeletedAgain,
            (null, true) => AccountMatch.Unknown,
        };
    }

    /// <summary>Compares with a live account.</summary>
    public static AccountMatch Compare(DeletedCognitiveAccount meant, CognitiveAccount found) =>
        !meant.Location.Equals(found.Location, StringComparison.OrdinalIgnoreCase) ? AccountMatch.Another
        : IsSame(meant, found.InternalId, found.DateCreated) switch
        {
            true => AccountMatch.Same,
            false => AccountMatch.Another,
            null => AccountMatch.Unknown,
        };

    /// <summary>When a live account was first created, in UTC; null if the service doesn't say.</summary>
    public static DateTime? CreatedAt(CognitiveAccount account) => account.DateCreated;

    /// <summary>Refuses a soft-deleted account that isn't the one that was meant, and optionally one that was restored
    /// and deleted again in the meantime.</summary>
    /// <exception cref="RecoveryException">It isn't (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).</exception>
    public static void RequireSame(
        DeletedCognitiveAccount meant, DeletedCognitiveAccount found, bool isDeletedAgainRefused = false)
    {
        AccountMatch match = Compare(meant, found);
        if (match == AccountMatch.Same || (match == AccountMatch.DeletedAgain && !isDeletedAgainRefused)) return;
        throw new RecoveryException(
            RecoveryErrorId.DeletedAccountNotFound,
            match switch
            {
                AccountMatch.DeletedAgain => "It was restored and deleted again after it was listed. ",
                AccountMatch.Another =>
                    "Another account of that name is soft-deleted now; the one that you mean is gone. ",
                _ =>
                    "An account of that name is soft-deleted, but it isn't known whether it is the one that you mean. ",
            } + LookupErrors.Deletions(meant.DeletionDate is { } date ? UtcDate.FormatSeconds(date) : null, found),
            LookupErrors.LookFirst(found));
    }

    // The specification calls the id deprecated: the service may stop giving it.
    private static bool? IsSame(DeletedCognitiveAccount meant, string? foundId, DateTime? foundCreated) =>
        meant.InternalId is not null && foundId is not null ? meant.InternalId == foundId
        : meant.DateCreated is not null && foundCreated is not null ? meant.DateCreated == foundCreated
        : null;
}
