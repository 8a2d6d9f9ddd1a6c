namespace CogRecover.Core.Dependencies;

/// <summary>The access of the account's identity to a storage account that the account's owner brought
/// (https://learn.microsoft.com/azure/ai-services/speech-service/bring-your-own-storage-speech-resource).</summary>
/// <param name="afterRecovery">Reads what has changed since the storage was brought back; null where it wasn't.</param>
internal sealed class StorageAccessDependency(
    SharedReads reads, SharedReads? afterRecovery, string resourceId, string? principalId) : IDependency
{
    // Built-in roles that may read and write blobs
    // (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage).
    private static readonly string[] DataRoles =
    [
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe", // Storage Blob Data Contributor
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", // Storage Blob Data Owner
    ];

    public static IEnumerable<IDependency> Of(
        DeletedCognitiveAccount account, SharedReads reads, SharedReads? afterRecovery) =>
        (account.Identity is null ? [] : account.UserOwnedStorage)
            .Zip(account.StoragePrincipalIds, (id, principal) => (Id: id, Principal: principal))
            .Distinct().Select(storage =>
                new StorageAccessDependency(reads, afterRecovery, storage.Id, storage.Principal));

    public async Task<DependencyStatus?> LookAsync(CancellationToken cancellationToken)
    {
        if (DependencyTypes.ParseId(resourceId, DependencyTypes.StorageAccount) is not { } id) return null;
        var access = new IdentityAccess(
            "StorageAccess", "Storage Blob Data Contributor", DataRoles, "use its own storage",
            $"storage account '{id.Name}'");
        Guid? principal = Guid.TryParse(principalId, out Guid known) ? known : null;
        SharedReads now = afterRecovery ?? reads;
        Task<bool> isGoing = afterRecovery is null
            ? ResourceGroupDependency.IsGoingAsync(id, reads, cancellationToken)
            : Task.FromResult(false);
        Task<RestoreCheck> roles = access.LookAsync(now, id, principal, cancellationToken);
        SharedRead<JsonElement> live = await now.GetAsync(now.Addresses.Resource(id), cancellationToken)
            .ConfigureAwait(false);
        RestoreCheck check = await roles.ConfigureAwait(false);
        bool isLost = afterRecovery is null && (await isGoing.ConfigureAwait(false) || live.Exists == false);

        // Where the storage itself can't be seen, or recovered, another check says so.
        if (live.Exists is null || (live.Exists == false && afterRecovery is not null)) return null;
        return new(isLost
            ? access.OnceRecovered(id, principal, "Role assignments at it don't come back.")
            : check);
    }
}
