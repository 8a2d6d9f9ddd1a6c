using CogRecover.Core.Arm;

namespace CogRecover.Core.Prerequisites;

/// <summary>
/// Looks whether accounts can be restored before anything is written. Look-ups that several accounts share are made
/// once and overlap. Safe to be used from many threads at once.
/// </summary>
internal sealed class RestorePrerequisites(ArmAddresses addresses, ArmLookups lookups)
{
    /// <summary>Looks for the account's resource group only.</summary>
    public Task<RestoreCheck> TestResourceGroupAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken) =>
        new ResourceGroupCheck(addresses, lookups).RunAsync(AccountReference.Of(account), cancellationToken);

    /// <summary>Makes all checks that apply to an account. Never fails: what can't be checked is unknown.</summary>
    public async Task<RestoreTestResult> TestAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        AccountReference reference = AccountReference.Of(account);
        IEnumerable<Task<RestoreCheck>> checks =
        [
            Task.FromResult(RetentionCheck.Run(account, DateTime.UtcNow)),
            new NameCheck(addresses, lookups).RunAsync(account, reference, cancellationToken),
            new ResourceGroupCheck(addresses, lookups).RunAsync(reference, cancellationToken),
            new PermissionCheck(addresses, lookups).RunAsync(reference, cancellationToken),
            .. KeyVaultCheck.AppliesTo(account)
                ? [new KeyVaultCheck(addresses, lookups).RunAsync(account, cancellationToken)]
                : Array.Empty<Task<RestoreCheck>>(),
            .. account.UserOwnedStorage.Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(id => new StorageCheck(addresses, lookups).RunAsync(id, cancellationToken)),
            .. account.Subnets.Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(id => new NetworkCheck(addresses, lookups).RunAsync(account, id, cancellationToken)),
        ];
        RestoreCheck[] made = await Task.WhenAll(checks).ConfigureAwait(false);
        return new RestoreTestResult
        {
            Name = account.Name,
            ResourceGroupName = account.ResourceGroupName,
            Location = account.Location,
            SubscriptionId = account.SubscriptionId,
            // An array: PowerShell finds no index in what a collection expression makes of it.
            Checks = made.OrderBy(check => check.Status).ToArray(),
        };
    }
}
