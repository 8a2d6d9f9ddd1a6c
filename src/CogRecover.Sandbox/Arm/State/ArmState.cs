using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <summary>What exists: subscriptions, resource groups, accounts, and what accounts need. Time passes in it: an
/// account past its retention is gone, an operation that is due has happened. Every member can be called from any
/// thread.</summary>
public sealed partial class ArmState
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly Dictionary<string, Subscription> subscriptions = new(StringComparer.OrdinalIgnoreCase);
    private readonly PriorityQueue<Action, DateTimeOffset> due = new();
    private long sequence;

    internal ArmState(string tenantId, string subscriptionId, TimeProvider clock)
    {
        this.clock = clock;
        TenantId = tenantId;
        DefaultSubscriptionId = subscriptionId;
        AddSubscription(subscriptionId, "Contoso Production");
    }

    /// <summary>The tenant, a GUID.</summary>
    public string TenantId { get; }

    /// <summary>The first subscription: where things go that name none.</summary>
    public string DefaultSubscriptionId { get; }

    /// <summary>The subscriptions, as they are now.</summary>
    public IReadOnlyList<Subscription> Subscriptions => Snapshot(subscriptions);

    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Adds a subscription, or changes one.</summary>
    /// <param name="subscriptionId">A GUID.</param>
    /// <param name="displayName">What the portal shows.</param>
    /// <param name="state"><c>Enabled</c>, <c>Warned</c>, <c>PastDue</c>, <c>Disabled</c> or <c>Deleted</c>.</param>
    public Subscription AddSubscription(string subscriptionId, string displayName, string state = "Enabled")
    {
        using var _ = Enter();
        return subscriptions[subscriptionId] = new(subscriptionId, displayName, state) { Sequence = ++sequence };
    }

    /// <summary>Takes the lock, once everything that is due has happened. What follows sees one moment.</summary>
    internal Lock.Scope Enter()
    {
        var scope = gate.EnterScope();
        while (due.TryPeek(out var action, out var at) && at <= Now)
        {
            due.Dequeue();
            action();
        }

        return scope;
    }

    internal void Schedule(DateTimeOffset at, Action action) => due.Enqueue(action, at);

    internal Subscription? Subscription(string id) => subscriptions.GetValueOrDefault(id);

    private List<T> Snapshot<TKey, T>(Dictionary<TKey, T> from, Func<T, bool>? which = null)
        where TKey : notnull
        where T : ISequenced
    {
        using var _ = Enter();
        return [.. from.Values.Where(which ?? (_ => true)).OrderBy(value => value.Sequence)];
    }
}
