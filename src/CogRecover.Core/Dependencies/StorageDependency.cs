namespace CogRecover.Core.Dependencies;

/// <summary>A storage account that the account's owner brought. It is recovered where it was deleted in the last 14
/// days (https://learn.microsoft.com/azure/storage/common/storage-account-recover).</summary>
internal sealed class StorageDependency(SharedReads reads, string resourceId) : IDependency
{
    private const string Name = "Storage";
    private const string InPortal = "in the Azure portal: Storage accounts > Restore deleted accounts "
        + "(https://learn.microsoft.com/azure/storage/common/storage-account-recover).";

    public static IEnumerable<IDependency> Of(DeletedCognitiveAccount account, SharedReads reads) =>
        account.UserOwnedStorage.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(id => new StorageDependency(reads, id));

    public async Task<DependencyStatus?> LookAsync(CancellationToken cancellationToken)
    {
        if (DependencyTypes.ParseId(resourceId, DependencyTypes.StorageAccount) is not { } id)
            return new(Check.Unknown(Name, $"'{resourceId}' isn't the id of a storage account."));
        SharedRead<JsonElement> live = await reads.GetAsync(reads.Addresses.Resource(id), cancellationToken)
            .ConfigureAwait(false);
        if (live.Exists is null)
            return new(Check.Unseen(
                Name, $"storage account '{id.Name}'", live, $"If it is gone, recover it {InPortal}"));

        // Live accounts have their location beside the properties, deleted ones in them.
        JsonElement properties = live.Value.Child("properties");
        string? location = live.Value.Text("location"), reason = "";
        if (live.Exists == false)
        {
            (properties, reason) = await FindDeletedAsync(id, cancellationToken).ConfigureAwait(false);
            location = properties.Text("location");
        }

        string group = Uri.UnescapeDataString(id.ResourceGroupName!);
        DependencyStatus ofGroup = await new ResourceGroupDependency(
            reads, id.SubscriptionId!, group, Region.Of(location)).LookAsync(cancellationToken).ConfigureAwait(false);
        if (live.Exists == true && !ofGroup.HasFailed)
            return new(Check.Passed(Name, $"Storage account '{id.Name}' exists."));
        if (properties.Text("creationTime") is not { } created || location is null)
            return new(Unrecoverable(id.Name, reason));
        return new(
            Check.Failed(Name, RecoveryErrorId.StorageAccountMissing,
                live.Exists == false
                    ? $"Storage account '{id.Name}' is gone."
                    : $"Storage account '{id.Name}' is deleted with its resource group. {ofGroup.Check.Message}",
                $"Add -RestoreDependency to Restore-CognitiveAccount, or recover it {InPortal}"
                + (ofGroup.Recovery is { } first
                    ? $" First run{first.Once} {NextCommand.NewGroup(id.SubscriptionId!, group, first.Location)}"
                    : ""),
                isRecoverable: true),
            new RecoverableResource(id, reads.Addresses.Resource(id), "storage account", Region.Normalize(location))
            {
                Properties = JsonSerializer.Serialize(
                    new() { ["deletedAccountCreationTime"] = created }, ArmJson.Default.DictionaryStringString),
                Group = ofGroup.Recovery,
                LookAgain = NextCommand.In(id.SubscriptionId!)
                    + $"Get-AzStorageAccount -ResourceGroupName '{NextCommand.Quote(group)}' -Name '{id.Name}'",
                MissingRole = "Recovering a storage account needs Microsoft.Storage/storageAccounts/write on resource "
                    + $"group '{group}' of subscription {id.SubscriptionId}. Ask for the role 'Storage Account "
                    + $"Contributor' there, or ask somebody who has it to recover it {InPortal}",
            });
    }

    /// <summary>The properties of the deleted storage account, and why the search may have missed it.</summary>
    private async Task<(JsonElement Properties, string Reason)> FindDeletedAsync(
        ResourceIdentifier id, CancellationToken cancellationToken)
    {
        SharedRead<List<JsonElement>> deleted = await reads.ListAsync(
            reads.Addresses.DeletedStorageAccounts(id.SubscriptionId!), cancellationToken).ConfigureAwait(false);

        // One name may have been deleted more than once.
        return ((deleted.Value ?? []).Select(item => item.Child("properties"))
            .Where(item => resourceId.Equals(
                item.Text("storageAccountResourceId"), StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(item => item.Text("deletionTime").AsDate()).FirstOrDefault(), deleted.Reason);
    }

    private RestoreCheck Unrecoverable(string name, string reason) => Check.Failed(
        Name, RecoveryErrorId.StorageAccountMissing,
        $"Storage account '{name}' is gone, and "
        + (reason.Length == 0
            ? "it isn't among the storage accounts that were deleted in the last 14 days and can be recovered."
            : $"it isn't known whether it can be recovered: {reason}"),
        $"Look for {resourceId} {InPortal} If it isn't there, create it again under the same name.");
}
