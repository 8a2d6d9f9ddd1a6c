namespace CogRecover.Core.Dependencies;

/// <summary>Whether a storage account that the account's owner brought exists.</summary>
internal sealed class StorageCheck(SharedReads reads)
{
    private const string Name = "Storage";

    public async Task<RestoreCheck> RunAsync(string resourceId, CancellationToken cancellationToken)
    {
        if (reads.Addresses.StorageAccount(resourceId) is not { } address)
            return Check.Unknown(Name, $"'{resourceId}' isn't the id of a storage account.");
        SharedRead<JsonElement> storage = await reads.GetAsync(address, cancellationToken).ConfigureAwait(false);
        string name = resourceId.Substring(resourceId.LastIndexOf('/') + 1);
        return storage.Exists switch
        {
            true => Check.Passed(Name, $"Storage account '{name}' exists."),
            false => Check.Failed(Name, RecoveryErrorId.StorageAccountMissing,
                $"Storage account '{name}' is gone.",
                $"Recover {resourceId} within 14 days of its deletion: in the Azure portal, Storage accounts > Restore "
                + "deleted accounts (https://learn.microsoft.com/azure/storage/common/storage-account-recover). Create "
                + "its resource group again first if that is gone too."),
            null => Check.Unknown(Name, $"Whether storage account '{name}' exists couldn't be found out: "
                + storage.Reason),
        };
    }
}
