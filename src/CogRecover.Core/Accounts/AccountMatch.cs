namespace CogRecover.Core.Accounts;

/// <summary>Whether what stands under an account's name by now is the account that was meant.</summary>
internal enum Likeness
{
    /// <summary>It is.</summary>
    Same,

    /// <summary>It is the account, but it was restored meanwhile, and deleted again.</summary>
    DeletedAgain,

    /// <summary>It is another account: the one that was meant is gone.</summary>
    Another,

    /// <summary>Nothing tells.</summary>
    Unclear,
}

/// <summary>
/// Tells accounts of one name apart, by what the service says of them. A restore keeps the service's own id of an
/// account, its location and the date of its creation; it doesn't keep the <c>createdAt</c> of its system data.
/// </summary>
internal static class Likenesses
{
    /// <summary>Compares with what is soft-deleted. Where neither id nor date is known, they are taken for the same.
    /// </summary>
    public static Likeness Of(DeletedCognitiveAccount meant, DeletedCognitiveAccount found)
    {
        bool isOtherDeletion = meant.DeletionDate is not null && found.DeletionDate is not null
            && meant.DeletionDate != found.DeletionDate;
        return (AreSame(meant.InternalId, found.InternalId, meant.DateCreated, found.DateCreated), isOtherDeletion)
            switch
            {
                (false, _) => Likeness.Another,
                (_, false) => Likeness.Same,
                (true, true) => Likeness.DeletedAgain,
                (null, true) => Likeness.Unclear,
            };
    }

    /// <summary>Compares with what lives.</summary>
    public static Likeness Of(DeletedCognitiveAccount meant, CognitiveAccount found)
    {
        if (!meant.Location.Equals(found.Location, StringComparison.OrdinalIgnoreCase)) return Likeness.Another;
        return AreSame(meant.InternalId, found.InternalId, meant.DateCreated, found.DateCreated) switch
        {
            true => Likeness.Same,
            false => Likeness.Another,
            null => Likeness.Unclear,
        };
    }

    // The specification calls the id deprecated: the service may stop giving it.
    private static bool? AreSame(string? meantId, string? foundId, DateTime? meantCreated, DateTime? foundCreated)
    {
        if (meantId is not null && foundId is not null) return meantId == foundId;
        return meantCreated is null || foundCreated is null ? null : meantCreated == foundCreated;
    }
}
