namespace CogRecover.Input;

/// <summary>One account that an input of a command names.</summary>
/// <param name="Target">What its errors are about: the account, or the name or resource id that was given.</param>
/// <param name="Account">The account, if it was piped in whole.</param>
/// <param name="Reference">Reads what was given; fails if that isn't well-formed.</param>
/// <param name="Key">The same for all inputs that say the same.</param>
/// <param name="Deletion">When it was deleted, if that was given.</param>
internal sealed record AccountInput(
    object Target, DeletedCognitiveAccount? Account, Func<AccountReference> Reference, string Key,
    DeletionTime? Deletion = null)
{
    /// <summary>When the input was read, in UTC.</summary>
    public DateTime GivenAt { get; } = DateTime.UtcNow;

    /// <summary>The account's name, also where a resource id was given.</summary>
    public string Name => $"{Target}".TrimEnd('/').Split('/').Last();

    /// <summary>True if only one account can be meant: by a resource id, or by name, group and location.</summary>
    public bool IsExact => Account is null
        && (AccountReference.IsAccount($"{Target}") || Reference() is { ResourceGroupName: { }, Location: { } });

    public static AccountInput Of(DeletedCognitiveAccount account) => new(
        account, account, () => AccountReference.Of(account), $"{account.ResourceId} {account.DeletionDate:o}");

    /// <summary>Whether an account may be the one that is meant.</summary>
    public bool IsOf(DeletedCognitiveAccount account) => Reference().Matches(account) && IsDeletion(account);

    /// <summary>Whether an account was deleted when the input says, if it does.</summary>
    public bool IsDeletion(DeletedCognitiveAccount account) => Deletion?.Is(account.DeletionDate) != false;

    /// <summary>Refuses an account that was deleted at another time.</summary>
    /// <param name="found">The account that is soft-deleted under the name.</param>
    /// <param name="participle">What isn't done to it then: <c>purged</c>.</param>
    /// <exception cref="RecoveryException"><see cref="RecoveryErrorId.DeletedAccountNotFound"/>.</exception>
    public void RequireDeletion(DeletedCognitiveAccount found, string participle)
    {
        if (!IsDeletion(found)) throw LookupErrors.DeletedAtAnotherTime(found, $"{Deletion}", participle);
    }
}
