namespace CogRecover.Sandbox.Arm;

/// <summary>What exists: subscriptions, resource groups, accounts and deleted accounts. Time passes in it: an account
/// past its retention is gone, an operation that is due has happened. Every member can be called from any thread.
/// </summary>
public sealed class ArmState
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly Dictionary<string, Subscription> subscriptions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<AccountKey, ResourceGroup> groups = [];
    private readonly Dictionary<AccountKey, Account> accounts = [];
    private readonly Dictionary<AccountKey, DeletedAccount> deletedAccounts = [];
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

    /// <summary>The resource groups, as they are now.</summary>
    public IReadOnlyList<ResourceGroup> ResourceGroups => Snapshot(groups);

    /// <summary>The live accounts, as they are now.</summary>
    public IReadOnlyList<Account> Accounts => Snapshot(accounts);

    /// <summary>The deleted accounts, as they are now.</summary>
    public IReadOnlyList<DeletedAccount> DeletedAccounts => Snapshot(deletedAccounts);

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

    /// <summary>Adds a resource group. One that is there stays as it is.</summary>
    public ResourceGroup AddResourceGroup(string name, string location = "eastus", string? subscriptionId = null)
    {
        using var _ = Enter();
        var key = GroupKey(name, subscriptionId);
        return groups.TryGetValue(key, out var there)
            ? there
            : Put(new ResourceGroup(key.SubscriptionId, name, location));
    }

    /// <summary>Takes a resource group away, and nothing else: its deleted accounts stay.</summary>
    /// <returns>Whether it was there.</returns>
    public bool RemoveResourceGroup(string name, string? subscriptionId = null)
    {
        using var _ = Enter();
        return groups.Remove(GroupKey(name, subscriptionId));
    }

    /// <summary>Adds a live account, and its resource group if that isn't there.</summary>
    public Account AddAccount(
        string name,
        string group,
        string location = "eastus",
        string kind = "OpenAI",
        string sku = "S0",
        Action<Account>? configure = null,
        string? subscriptionId = null)
    {
        using var _ = Enter();
        var account = Create(name, group, location, kind, sku, subscriptionId, Now);
        configure?.Invoke(account);
        return Put(account);
    }

    /// <summary>Adds a deleted account, and its resource group if that isn't there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="group">The resource group.</param>
    /// <param name="location">The region, in any spelling.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="sku">The pricing tier.</param>
    /// <param name="configure">Sets what else the account has.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    /// <param name="deletionDate">When it was deleted; null: now.</param>
    public DeletedAccount AddDeletedAccount(
        string name,
        string group,
        string location = "eastus",
        string kind = "OpenAI",
        string sku = "S0",
        Action<Account>? configure = null,
        string? subscriptionId = null,
        DateTimeOffset? deletionDate = null)
    {
        using var _ = Enter();
        var deleted = deletionDate ?? Now;
        var account = Create(name, group, location, kind, sku, subscriptionId, deleted - TimeSpan.FromDays(90));
        configure?.Invoke(account);
        return Put(new DeletedAccount(account, deleted));
    }

    /// <summary>Whether the account lives.</summary>
    public bool HasAccount(string name, string group, string? subscriptionId = null)
    {
        using var _ = Enter();
        return accounts.ContainsKey(GroupKey(group, subscriptionId) with { Name = name });
    }

    /// <summary>Whether the account is deleted and can still be restored.</summary>
    public bool HasDeletedAccount(string name, string group, string? subscriptionId = null)
    {
        using var _ = Enter();
        return deletedAccounts.ContainsKey(GroupKey(group, subscriptionId) with { Name = name });
    }

    /// <summary>Whether the resource group is there.</summary>
    public bool HasResourceGroup(string name, string? subscriptionId = null)
    {
        using var _ = Enter();
        return groups.ContainsKey(GroupKey(name, subscriptionId));
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

    internal ResourceGroup? Group(AccountKey key) => groups.GetValueOrDefault(key with { Name = "" });

    internal Account? Live(AccountKey key) => accounts.GetValueOrDefault(key);

    internal DeletedAccount? Deleted(AccountKey key) => deletedAccounts.GetValueOrDefault(key);

    internal bool IsSubDomainTaken(string name, AccountKey except) =>
        accounts.Values.Concat(deletedAccounts.Values.Select(deleted => deleted.Account)).Any(account =>
            name.Equals(account.CustomSubDomainName, StringComparison.OrdinalIgnoreCase) && account.Key != except);

    internal List<DeletedAccount> DeletedIn(string subscriptionId) =>
        Snapshot(deletedAccounts, deleted => deleted.Account.In(subscriptionId));

    internal List<Account> LiveIn(ResourceGroup group) =>
        [.. accounts.Values.Where(account => account.Key with { Name = "" } == group.Key)];

    internal ResourceGroup Put(ResourceGroup group) =>
        groups[group.Key] = group with { Sequence = ++sequence };

    internal Account Put(Account account) => accounts[account.Key] = account with { Sequence = ++sequence };

    internal DeletedAccount Put(DeletedAccount deleted)
    {
        deleted = deleted with { Account = deleted.Account with { Sequence = ++sequence } };
        deletedAccounts[deleted.Account.Key] = deleted;
        Schedule(deleted.ScheduledPurgeDate, () =>
        {
            if (Deleted(deleted.Account.Key)?.DeletionDate == deleted.DeletionDate) RemoveDeleted(deleted.Account.Key);
        });
        return deleted;
    }

    internal bool RemoveGroup(AccountKey key) => groups.Remove(key);

    internal bool RemoveLive(AccountKey key) => accounts.Remove(key);

    internal bool RemoveDeleted(AccountKey key) => deletedAccounts.Remove(key);

    private Account Create(
        string name, string group, string location, string kind, string sku, string? subscriptionId, DateTimeOffset at)
    {
        var key = GroupKey(group, subscriptionId);
        if (!groups.ContainsKey(key)) Put(new ResourceGroup(key.SubscriptionId, group, location));
        return new()
        {
            SubscriptionId = key.SubscriptionId,
            ResourceGroupName = group,
            Name = name,
            Location = location,
            Kind = kind,
            Sku = sku,
            DateCreated = at,
            WrittenAt = at,
        };
    }

    private AccountKey GroupKey(string name, string? subscriptionId) =>
        new(subscriptionId ?? DefaultSubscriptionId, name);

    private List<T> Snapshot<TKey, T>(Dictionary<TKey, T> from, Func<T, bool>? which = null)
        where TKey : notnull
        where T : ISequenced
    {
        using var _ = Enter();
        return [.. from.Values.Where(which ?? (_ => true)).OrderBy(value => value.Sequence)];
    }
}
