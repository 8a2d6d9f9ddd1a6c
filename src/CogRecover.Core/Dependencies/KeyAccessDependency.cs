namespace CogRecover.Core.Dependencies;

/// <summary>The access of the account's identity to its customer-managed key, where the vault has role-based access:
/// role assignments at a vault don't come back with it. Access policies do.</summary>
/// <param name="afterRecovery">Reads what has changed since the vault was brought back; null where it wasn't.</param>
internal sealed class KeyAccessDependency(
    SharedReads reads, SharedReads? afterRecovery, DeletedCognitiveAccount account) : IDependency
{
    private const string Name = "KeyVaultAccess";
    private const string Role = "Key Vault Crypto Service Encryption User";

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
        account.KeyVaultUri is null ? [] : [new KeyAccessDependency(reads, afterRecovery, account)];

    public async Task<DependencyStatus?> LookAsync(CancellationToken cancellationToken)
    {
        if (KeyVaultDependency.NameOf(account) is not { } vault
            || !Guid.TryParse(account.KeyPrincipalId, out Guid principal))
            return null;
        FoundKeyVault found = await new KeyVaultSearch(reads).FindAsync(
            vault, account.SubscriptionId, cancellationToken).ConfigureAwait(false);

        // Where the vault itself isn't there, another check says so.
        if (found.Id is not { } id || (found.IsDeleted && afterRecovery is null)) return null;
        SharedReads now = afterRecovery ?? reads;
        Task<SharedRead<List<JsonElement>>> roles = now.ListAsync(
            now.Addresses.RoleAssignments(id, principal), cancellationToken);
        SharedRead<JsonElement> live = await now.GetAsync(now.Addresses.Resource(id), cancellationToken)
            .ConfigureAwait(false);
        SharedRead<List<JsonElement>> assigned = await roles.ConfigureAwait(false);
        if (live.Exists is null) return Unknown(vault, live.Reason);
        bool hasRoles = live.Value.Child("properties").Child("enableRbacAuthorization").ValueKind == JsonValueKind.True;
        if (live.Exists == false || !hasRoles) return null;
        if (assigned.Value is null) return Unknown(vault, assigned.Reason);
        string[] ids = [.. assigned.Value.Select(role => role.Child("properties").Text("roleDefinitionId"))
            .OfType<string>()];
        string assign = $"New-AzRoleAssignment -ObjectId '{principal}' -RoleDefinitionName '{Role}' "
            + $"-Scope '{NextCommand.Quote(Uri.UnescapeDataString($"{id}"))}'";
        return new(
            ids.Any(role => KeyRoles.Any(known => role.EndsWith(known, StringComparison.OrdinalIgnoreCase)))
                ? Check.Passed(Name, $"The account's identity may use its key in key vault '{vault}'.")
            : ids.Length > 0
                ? Check.Unknown(Name,
                    $"The account's identity has none of the built-in roles for keys at key vault '{vault}', and "
                    + "whether another of its roles lets it use its key isn't known.", assign)
            : Check.Warning(Name,
                $"The account's identity has no role at key vault '{vault}', and can't read its customer-managed key.",
                assign));
    }

    private static DependencyStatus Unknown(string vault, string reason) => new(Check.Unknown(
        Name, $"Whether the account's identity may use its key in key vault '{vault}' couldn't be found out: {reason}",
        "See with Get-AzRoleAssignment, at the vault, whether it has the role "
        + $"'{Role}' there. Role assignments don't come back with a vault."));
}
