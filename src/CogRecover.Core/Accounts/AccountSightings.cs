namespace CogRecover.Core.Accounts;

/// <summary>When an engine last saw each account as it is. Others may have changed it since.</summary>
internal sealed class AccountSightings
{
    private readonly ConditionalWeakTable<DeletedCognitiveAccount, StrongBox<DateTime>> seen = new();

    public DeletedCognitiveAccount Note(DeletedCognitiveAccount account, DateTime? at = null)
    {
        seen.GetValue(account, _ => new()).Value = at ?? DateTime.UtcNow;
        return account;
    }

    /// <summary>In UTC; the year 1 if it never did.</summary>
    public DateTime Last(DeletedCognitiveAccount account) =>
        seen.TryGetValue(account, out StrongBox<DateTime>? at) ? at.Value : default;
}
