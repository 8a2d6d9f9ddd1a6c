using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>How much of a kind a region of a subscription may hold.</content>
public sealed partial class ArmState
{
    private readonly Dictionary<(string Subscription, string Kind, string Location), int> quotas = [];

    /// <summary>Limits what the accounts of a kind in a region may use together, deleted ones included: each uses the
    /// capacity of its model deployments, or 1 if it has none.</summary>
    /// <param name="kind">The kind: <c>OpenAI</c>.</param>
    /// <param name="location">The region, in any spelling.</param>
    /// <param name="limit">How much they may use.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    public void SetQuota(string kind, string location, int limit, string? subscriptionId = null)
    {
        using var _ = Enter();
        quotas[QuotaKey(subscriptionId ?? DefaultSubscriptionId, kind, location)] = limit;
    }

    /// <summary>The limit that counts for the account; null: none.</summary>
    internal int? QuotaOf(Account account) =>
        quotas.TryGetValue(QuotaKey(account.SubscriptionId, account.Kind, account.Location), out var limit)
            ? limit
            : null;

    /// <summary>The accounts of a kind in a subscription, live and deleted.</summary>
    internal IEnumerable<Account> AccountsOf(string subscriptionId, string kind) =>
        accounts.Values.Concat(deletedAccounts.Values.Select(deleted => deleted.Account))
            .Where(account => account.SubscriptionId.Is(subscriptionId) && account.Kind.Is(kind));

    private static (string, string, string) QuotaKey(string subscriptionId, string kind, string location) =>
        (subscriptionId.ToLowerInvariant(), kind.ToLowerInvariant(), AzureLocation.Normalize(location));
}
