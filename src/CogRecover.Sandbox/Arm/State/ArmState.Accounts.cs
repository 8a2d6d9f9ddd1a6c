using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>Accounts and deleted accounts.</content>
public sealed partial class ArmState
{
    private readonly Dictionary<AccountKey, Account> accounts = [];
    private readonly Dictionary<DeletedAccountKey, DeletedAccount> deletedAccounts = [];

    /// <summary>The live accounts, as they are now.</summary>
    public IReadOnlyList<Account> Accounts => Snapshot(accounts);

    /// <summary>The deleted accounts, as they are now.</summary>
    public IReadOnlyList<DeletedAccount> DeletedAccounts => Snapshot(deletedAccounts);

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
    /// <param name="deletedBy">Whom the Activity Log names for the deletion; null: it knows nothing of it.</param>
    /// <param name="settleTime">For how long after the deletion a restore and a purge conflict with it; null: as the
    /// simulator's options say.</param>
    public DeletedAccount AddDeletedAccount(
        string name,
        string group,
        string location = "eastus",
        string kind = "OpenAI",
        string sku = "S0",
        Action<Account>? configure = null,
        string? subscriptionId = null,
        DateTimeOffset? deletionDate = null,
        string? deletedBy = null,
        TimeSpan? settleTime = null)
    {
        using var _ = Enter();
        var deleted = deletionDate ?? Now;
        var account = Create(name, group, location, kind, sku, subscriptionId, deleted - TimeSpan.FromDays(90));
        configure?.Invoke(account);
        if (deletedBy is not null) LogDeletion(account, deletedBy, deleted);
        return Put(new DeletedAccount(account, deleted) { SettleTime = settleTime });
    }

    /// <summary>Adds a project to a live account; the first is its default.</summary>
    /// <exception cref="KeyNotFoundException">The account doesn't live.</exception>
    public void AddProject(string account, string group, string project, string? subscriptionId = null)
    {
        using var _ = Enter();
        var there = accounts[GroupKey(group, subscriptionId) with { Name = account }];
        Put(there.WithProjects([.. there.Projects, project], there.DefaultProject ?? project));
    }

    /// <summary>Adds a model deployment to a live account.</summary>
    /// <exception cref="KeyNotFoundException">The account doesn't live.</exception>
    public void AddDeployment(
        string account, string group, string deployment, string model = "gpt-4o", int capacity = 10,
        string? subscriptionId = null)
    {
        using var _ = Enter();
        var there = accounts[GroupKey(group, subscriptionId) with { Name = account }];
        var deployments = there.Deployments?.DeepClone().AsObject() ?? [];
        deployments[deployment] = new JsonObject
        {
            ["sku"] = new JsonObject { ["name"] = "Standard", ["capacity"] = capacity },
            ["properties"] = new JsonObject
            {
                ["model"] = new JsonObject { ["format"] = "OpenAI", ["name"] = model, ["version"] = "2024-11-20" },
            },
        };
        Put(there with { Deployments = deployments });
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
        return Deleted(GroupKey(group, subscriptionId) with { Name = name }) is not null;
    }

    internal Account? Live(AccountKey key) => accounts.GetValueOrDefault(key);

    /// <summary>What is deleted under that name in its group, in whatever region; the first, if there are several.
    /// </summary>
    internal DeletedAccount? Deleted(AccountKey key) =>
        deletedAccounts.Values.Where(deleted => deleted.Account.Key == key).MinBy(deleted => deleted.Sequence);

    internal DeletedAccount? Deleted(AccountKey key, string location) =>
        deletedAccounts.GetValueOrDefault(new(key, AzureLocation.Normalize(location)));

    internal bool IsSubDomainTaken(string name, AccountKey except) =>
        accounts.Values.Concat(deletedAccounts.Values.Select(deleted => deleted.Account)).Any(account =>
            name.Is(account.CustomSubDomainName) && account.Key != except);

    internal List<DeletedAccount> DeletedIn(string subscriptionId) =>
        Snapshot(deletedAccounts, deleted => deleted.SubscriptionId.Is(subscriptionId));

    internal List<Account> LiveIn(ResourceGroup group) =>
        [.. accounts.Values.Where(account => account.Key with { Name = "" } == group.Key)];

    internal Account Put(Account account) => accounts[account.Key] = account with { Sequence = ++sequence };

    /// <summary>Puts a deleted account back whose restore has failed, in its place in lists.</summary>
    internal void PutBack(DeletedAccount deleted) => deletedAccounts[deleted.Key] = deleted;

    internal DeletedAccount Put(DeletedAccount deleted)
    {
        // A list that is being read has it once, whatever state it comes to meanwhile.
        var key = deleted.Key;
        var before = deletedAccounts.GetValueOrDefault(key);
        var place = before?.DeletionDate == deleted.DeletionDate ? before.Account.Sequence : ++sequence;
        deleted = deleted with { Account = deleted.Account with { Sequence = place } };
        deletedAccounts[key] = deleted;
        Schedule(deleted.ScheduledPurgeDate, () =>
        {
            if (deletedAccounts.GetValueOrDefault(key)?.DeletionDate == deleted.DeletionDate) RemoveDeleted(key);
        });
        return deleted;
    }

    internal void SoftDelete(Account account)
    {
        RemoveLive(account.Key);
        Put(new DeletedAccount(account, Now));
    }

    internal bool RemoveLive(AccountKey key)
    {
        RemoveRoles(Account.IdOf(key));
        return accounts.Remove(key);
    }

    internal bool RemoveDeleted(DeletedAccountKey key)
    {
        if (!deletedAccounts.Remove(key, out var removed)) return false;
        ReleaseSubnets(removed.Account);
        return true;
    }

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
}
