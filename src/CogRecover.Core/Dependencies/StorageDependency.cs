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
        string name = id.Name;
        SharedRead<JsonElement> live = await reads.GetAsync(reads.Addresses.Resource(id), cancellationToken)
            .ConfigureAwait(false);
        if (live.Exists is null)
            return new(Check.Unknown(
                Name, $"Whether storage account '{name}' exists couldn't be found out: {live.Reason}"));
        JsonElement properties = live.Value.Child("properties");
        string? location = live.Value.Text("location");
        string gone = $"Storage account '{name}' goes with its resource group "
            + $"'{Uri.UnescapeDataString(id.ResourceGroupName!)}', which is being deleted.";
        if (live.Exists == false)
        {
            SharedRead<List<JsonElement>> deleted = await reads.ListAsync(
                reads.Addresses.DeletedStorageAccounts(id.SubscriptionId!), cancellationToken).ConfigureAwait(false);

            // One name may have been deleted more than once.
            properties = (deleted.Value ?? []).Select(item => item.Child("properties"))
                .Where(item => resourceId.Equals(
                    item.Text("storageAccountResourceId"), StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(item => item.Text("deletionTime").AsDate()).FirstOrDefault();
            location = properties.Text("location");
            gone = $"Storage account '{name}' is gone.";
            if (properties.Text("creationTime") is null || location is null)
                return new(Unrecoverable(name, deleted.Reason));
        }

        DependencyStatus ofGroup = await OfGroup(id, location).LookAsync(cancellationToken).ConfigureAwait(false);
        if (live.Exists == true && !ofGroup.HasFailed)
            return new(Check.Passed(Name, $"Storage account '{name}' exists."));
        RecoverableResource? recovery = properties.Text("creationTime") is { } created && location is not null
            ? new RecoverableResource(
                id, reads.Addresses.Resource(id), "storage account", Region.Normalize(location))
            {
                Properties = JsonSerializer.Serialize(
                    new() { ["deletedAccountCreationTime"] = created }, ArmJson.Default.DictionaryStringString),
                Group = ofGroup.Recovery,
                LookAgain = $"Get-AzStorageAccount -ResourceGroupName "
                    + $"'{NextCommand.Quote(Uri.UnescapeDataString(id.ResourceGroupName!))}' -Name '{name}'",
                MissingRole = "Recovering a storage account needs Microsoft.Storage/storageAccounts/write on its "
                    + "resource group. Ask for the role 'Storage Account Contributor' there, or ask somebody who has "
                    + $"it to recover it {InPortal}",
            }
            : null;
        return new(
            Check.Failed(Name, RecoveryErrorId.StorageAccountMissing, gone,
                (recovery is null ? "" : "Add -RestoreDependency to Restore-CognitiveAccount, or recover it ")
                + InPortal),
            recovery);
    }

    private ResourceGroupDependency OfGroup(ResourceIdentifier id, string? location) => new(
        reads, id.SubscriptionId!, Uri.UnescapeDataString(id.ResourceGroupName!), Region.Of(location));

    private RestoreCheck Unrecoverable(string name, string reason) => Check.Failed(
        Name, RecoveryErrorId.StorageAccountMissing,
        $"Storage account '{name}' is gone, and "
        + (reason.Length == 0
            ? "it isn't among those that can be recovered, the deleted ones of the last 14 days."
            : $"whether it can be recovered couldn't be found out: {reason}"),
        $"Look for {resourceId} {InPortal} If it isn't there, create it again under the same name.");
}
