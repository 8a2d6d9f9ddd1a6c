using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>Storage accounts, live and deleted.</content>
public sealed partial class ArmState
{
    private readonly Dictionary<string, DeletedStorageAccount> deletedStorage = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The deleted storage accounts, as they are now.</summary>
    public IReadOnlyList<DeletedStorageAccount> DeletedStorageAccounts => Snapshot(deletedStorage);

    /// <summary>Adds a storage account, and its resource group if that isn't there.</summary>
    public TrackedResource AddStorageAccount(
        string name, string group, string location = "eastus", string? subscriptionId = null) =>
        Add(ArmType.StorageAccounts, name, group, location, subscriptionId);

    /// <summary>Adds a deleted storage account, and its resource group if that isn't there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="group">The resource group.</param>
    /// <param name="location">The region, in any spelling.</param>
    /// <param name="subscriptionId">The subscription; null: the first.</param>
    /// <param name="deletionTime">When it was deleted; null: now. It was created 90 days earlier.</param>
    public DeletedStorageAccount AddDeletedStorageAccount(
        string name,
        string group,
        string location = "eastus",
        string? subscriptionId = null,
        DateTimeOffset? deletionTime = null)
    {
        using var _ = Enter();
        var at = deletionTime ?? Now;
        var added = Add(
            ArmType.StorageAccounts, name, group, location, subscriptionId, at - TimeSpan.FromDays(90));
        return SoftDeleteStorage(added.Key, at);
    }

    /// <summary>Takes a deleted storage account away for good, as Azure does after 14 days.</summary>
    /// <returns>Whether it was there.</returns>
    public bool PurgeStorageAccount(string name)
    {
        using var _ = Enter();
        return deletedStorage.Remove(name);
    }

    internal TrackedResource? Storage(string name) => resources.Values.FirstOrDefault(
        one => one.Type == ArmType.StorageAccounts.FullName && one.Name.Is(name));

    internal DeletedStorageAccount? DeletedStorage(string name) => deletedStorage.GetValueOrDefault(name);

    internal DeletedStorageAccount SoftDeleteStorage(AccountKey key, DateTimeOffset at)
    {
        var account = RemoveResource(ArmType.StorageAccounts, key)!;
        var deleted = new DeletedStorageAccount(
            account with { Sequence = ++sequence, ProvisioningState = "Succeeded" }, at);
        deletedStorage[key.Name] = deleted;
        Schedule(at + DeletedStorageAccount.Retention, () =>
        {
            if (DeletedStorage(key.Name)?.DeletionTime == at) deletedStorage.Remove(key.Name);
        });
        return deleted;
    }

    /// <summary>Puts a new storage account. One of its name that was deleted can't be recovered any more.</summary>
    internal TrackedResource PutNewStorage(TrackedResource account)
    {
        deletedStorage.Remove(account.Name);
        return Put(account);
    }
}
