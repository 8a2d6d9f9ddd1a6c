namespace CogRecover.Core.Dependencies;

/// <summary>What accounts depend on: a line a kind.</summary>
internal static class AccountDependencies
{
    /// <summary>What an account can't be restored without, and what can be brought back.</summary>
    public static IEnumerable<IDependency> Needed(DeletedCognitiveAccount account, SharedReads reads) =>
    [
        ResourceGroupDependency.Of(AccountReference.Of(account), reads),
        .. KeyVaultDependency.Of(account, reads),
        .. StorageDependency.Of(account, reads),
    ];

    /// <summary>What a restore doesn't bring back.</summary>
    /// <param name="afterRecovery">Reads what has changed since something was brought back for the account; null where
    /// nothing was.</param>
    public static IEnumerable<IDependency> Lost(
        DeletedCognitiveAccount account, SharedReads reads, SharedReads? afterRecovery = null) =>
    [
        .. LostWithAccount.Of(account),
        .. IdentityDependency.Of(account, reads),
        .. KeyAccessDependency.Of(account, reads, afterRecovery),
        .. StorageAccessDependency.Of(account, reads, afterRecovery),
        .. SubnetDependency.Of(account, reads),
    ];
}
