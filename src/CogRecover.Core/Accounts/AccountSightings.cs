namespace CogRecover.Core.Accounts;

/// <summary>When an engine last saw each account, and what it was then. Others may have changed it since.</summary>
internal sealed class AccountSightings
{
    private readonly ConditionalWeakTable<DeletedCognitiveAccount, StrongBox<(DateTime, DeletedCognitiveAccount)>>
        sightings = new();

    /// <param name="account">The account, as it was read some time ago.</param>
    /// <param name="seen">The account as it is now; null for the same.</param>
    /// <param name="at">When it was seen, in UTC; null for now.</param>
    public DeletedCognitiveAccount Note(
        DeletedCognitiveAccount account, DeletedCognitiveAccount? seen = null, DateTime? at = null)
    {
        sightings.GetValue(account, _ => new()).Value = (at ?? DateTime.UtcNow, seen ?? account);
        return account;
    }

    /// <summary>In UTC, and what was seen; the year 1 and the account itself if it never was.</summary>
    public (DateTime At, DeletedCognitiveAccount Seen) Last(DeletedCognitiveAccount account) =>
        sightings.TryGetValue(account, out StrongBox<(DateTime, DeletedCognitiveAccount)>? last)
            ? last.Value
            : (default, account);
}
