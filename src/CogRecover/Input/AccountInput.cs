using CogRecover.Core.Errors;
using CogRecover.Core.References;

namespace CogRecover.Input;

/// <summary>One account as the user named it.</summary>
/// <param name="Target">What an error of it is about: the account, or the name or id that was given.</param>
/// <param name="Account">The account, where it was piped in whole.</param>
/// <param name="Reference">Reads what was given instead; it may turn out not to be well-formed.</param>
/// <param name="Key">What tells it from others of the same command.</param>
/// <param name="Deletion">When it was deleted, where that came with the name; else null.</param>
internal sealed record AccountInput(
    object Target, DeletedCognitiveAccount? Account, Func<AccountReference> Reference, string Key,
    DeletionTime? Deletion = null)
{
    /// <summary>When it was named, in UTC.</summary>
    public DateTime GivenAt { get; } = DateTime.UtcNow;

    /// <summary>Whether one account is named and no other: by a resource id, or by name, group and location.</summary>
    public bool IsExact => Account is null
        && (AccountReference.IsAccount($"{Target}") || Reference() is { ResourceGroupName: { }, Location: { } });

    /// <summary>An account that was piped in whole.</summary>
    public static AccountInput Of(DeletedCognitiveAccount account) => new(
        account, account, () => AccountReference.Of(account), $"{account.ResourceId} {account.DeletionDate:o}");

    /// <summary>Whether an account is one that this can mean.</summary>
    public bool IsOf(DeletedCognitiveAccount account) =>
        Reference().Matches(account) && Deletion?.Is(account.DeletionDate) != false;

    /// <summary>Refuses an account that was deleted at another time than the one that was meant.</summary>
    /// <param name="found">What is soft-deleted under the name.</param>
    /// <param name="attempt">What isn't done to it then, as a verb: <c>purged</c>.</param>
    /// <exception cref="RecoveryException">
    /// It was (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).
    /// </exception>
    public void RequireDeletion(DeletedCognitiveAccount found, string attempt)
    {
        if (Deletion?.Is(found.DeletionDate) == false)
            throw LookupErrors.DeletedAtAnotherTime(found, $"{Deletion}", attempt);
    }
}
