using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>What the service does to storage accounts, and what it refuses. The specification says nothing of a
/// recovery but that a deleted account is recovered by a PUT; the property that it takes, and its 202, are those that a
/// public script uses.</summary>
internal sealed class StorageLifecycle(ArmState state, ArmOperations operations, SimulatedArmOptions options)
{
    private readonly Dictionary<Guid, AccountKey> results = [];

    /// <summary>Creates or updates.</summary>
    /// <returns>The account, and the operation that makes it; null: it was there.</returns>
    public (TrackedResource Account, ArmOperation? Operation) Put(
        AccountKey key, string location, IDictionary<string, string>? tags)
    {
        using var _ = state.Enter();
        RequireGroup(key);
        RequireName(key);
        if (state.Resource(ArmType.StorageAccounts, key) is { } there)
            return (state.Put(there with { Tags = tags ?? there.Tags }), null);
        var account = state.PutNewStorage(new(ArmType.StorageAccounts.FullName)
        {
            SubscriptionId = key.SubscriptionId,
            ResourceGroupName = key.ResourceGroupName,
            Name = key.Name,
            Location = location,
            Tags = tags,
            CreatedAt = state.Now,
        });
        return (account, Start(account, TimeSpan.Zero));
    }

    /// <exception cref="ArmException">404: none of that name, place and creation time is deleted.</exception>
    public (TrackedResource Account, ArmOperation? Operation) Recover(AccountKey key, DateTimeOffset creationTime)
    {
        using var _ = state.Enter();
        RequireGroup(key);
        RequireName(key);
        if (state.DeletedStorage(key.Name) is not { } deleted
            || deleted.Account.Key != key
            || deleted.CreationTime != creationTime)
        {
            throw ResourceErrors.DeletedStorageNotFound(key.Name);
        }

        state.PurgeStorageAccount(key.Name);
        var account = state.PutAfter(deleted.Account, "ResolvingDNS", options.StorageRecoveryTime);
        return (account, Start(account, options.StorageRecoveryTime));
    }

    /// <returns>Whether there was one to delete.</returns>
    public bool SoftDelete(AccountKey key)
    {
        using var _ = state.Enter();
        RequireGroup(key);
        var isThere = state.Resource(ArmType.StorageAccounts, key) is not null;
        if (isThere) state.SoftDeleteStorage(key, state.Now);
        return isThere;
    }

    /// <summary>What an operation has come to.</summary>
    /// <exception cref="ArmException">404: there is no such operation, or its account is gone again.</exception>
    public (TrackedResource Account, bool IsRunning) Result(string operation)
    {
        var found = operations.Find(operation);
        using var _ = state.Enter();
        var key = results.GetValueOrDefault(found.Id);
        var account = state.Resource(ArmType.StorageAccounts, key)
            ?? throw ArmException.ResourceNotFound(ArmType.StorageAccounts, key);
        return (account, found.EndTime > state.Now);
    }

    private ArmOperation Start(TrackedResource account, TimeSpan duration)
    {
        var operation = operations.Start(account.Id, account.Location, "ResolvingDNS", duration, () => { });
        results.Add(operation.Id, account.Key);
        return operation;
    }

    private void RequireGroup(AccountKey key)
    {
        if (state.Group(key) is null) throw ArmException.ResourceGroupNotFound(key.ResourceGroupName);
    }

    private void RequireName(AccountKey key)
    {
        if (state.Storage(key.Name) is { } there && there.Key != key)
            throw ResourceErrors.StorageAccountTaken(key.Name);
    }
}
