namespace CogRecover.Core.Dependencies;

/// <summary>The access of the account's identity to its customer-managed key, where the vault has role-based access.
/// Access policies come back with a vault.</summary>
/// <param name="afterRecovery">Reads what has changed since the vault was brought back; null where it wasn't.</param>
internal sealed class KeyAccessDependency(
    SharedReads reads, SharedReads? afterRecovery, DeletedCognitiveAccount account) : IDependency
{
    // Built-in roles that may wrap and unwrap keys
    // (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security).
    private static readonly string[] KeyRoles =
    [
        "e147488a-f6f5-4113-8e2d-b22465e65bf6", // Key Vault Crypto Service Encryption User
        "12338af0-0e69-4776-bea7-57ae8d297424", // Key Vault Crypto User
        "14b46e9e-c2b7-41b4-b07b-48a6ebf60603", // Key Vault Crypto Officer
        "00482a5a-887f-4fb3-b363-3b7fe8e74483", // Key Vault Administrator
    ];

    public static IEnumerable<IDependency> Of(
        DeletedCognitiveAccount account, SharedReads reads, SharedReads? afterRecovery) =>
        account.KeyVaultUri is null || account.Identity is null
            ? []
            : [new KeyAccessDependency(reads, afterRecovery, account)];

    public async Task<DependencyStatus?> LookAsync(CancellationToken cancellationToken)
    {
        // Where the vault isn't there at all, another check says so.
        if (KeyVaultDependency.NameOf(account) is not { } vault
            || (await new KeyVaultSearch(reads).FindAsync(vault, account.SubscriptionId, cancellationToken)
                .ConfigureAwait(false)) is not { Id: { } id } found)
            return null;
        var access = new IdentityAccess(
            "KeyVaultAccess", "Key Vault Crypto Service Encryption User", KeyRoles,
            "use its customer-managed key", $"key vault '{vault}'");
        bool isKnown = Guid.TryParse(account.KeyPrincipalId, out Guid principal);
        SharedReads now = afterRecovery ?? reads;
        RestoreCheck lost = access.OnceRecovered(id, isKnown ? principal : null,
            "Where it has role-based access, role assignments at it don't come back.");
        if (afterRecovery is null && found.IsDeleted) return new(lost);
        Task<bool> isGoing = afterRecovery is null
            ? ResourceGroupDependency.IsGoingAsync(id, reads, cancellationToken)
            : Task.FromResult(false);
        Task<RestoreCheck> roles = access.LookAsync(now, id, isKnown ? principal : null, cancellationToken);
        SharedRead<JsonElement> live = await now.GetAsync(now.Addresses.Resource(id), cancellationToken)
            .ConfigureAwait(false);
        RestoreCheck check = await roles.ConfigureAwait(false);
        if (await isGoing.ConfigureAwait(false)) return new(lost);
        JsonElement hasRoles = live.Value.Child("properties").Child("enableRbacAuthorization");
        return live.Exists is null ? new(access.Unknown(live.Reason))
            : hasRoles.ValueKind == JsonValueKind.True ? new(check)
            : null;
    }
}
