namespace CogRecover.Core.Operations;

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

/// <summary>Tells accounts of one name apart, by what the service says of them.</summary>
internal static class Likenesses
{
    /// <summary>Compares with what is soft-deleted. Where neither id nor date is known, they are taken for the same.
    /// </summary>
    public static Likeness Of(DeletedCognitiveAccount meant, DeletedCognitiveAccount found)
    {
        bool isOtherDeletion = meant.DeletionDate is not null && found.DeletionDate is not null
            && meant.DeletionDate != found.DeletionDate;
        return (AreSame(meant.InternalId, found.InternalId), isOtherDeletion) switch
        {
            (false, _) => Likeness.Another,
            (_, false) => Likeness.Same,
            (true, true) => Likeness.DeletedAgain,
            (null, true) => Likeness.Unclear,
        };
    }

    /// <summary>Compares with what lives.</summary>
    public static Likeness Of(DeletedCognitiveAccount meant, CognitiveAccount found) =>
        AreSame(meant.InternalId, found.InternalId) switch
        {
            true => Likeness.Same,
            false => Likeness.Another,
            null => Likeness.Unclear,
        };

    private static bool? AreSame(string? meant, string? found) =>
        meant is null || found is null ? null : meant == found;
}
