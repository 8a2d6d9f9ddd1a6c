using CogRecover.Core.Arm;
using CogRecover.Core.References;

namespace CogRecover.Core.Dependencies;

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

    /// <summary>Makes all checks that apply to an account. What can't be checked is unknown.</summary>
    /// <param name="account">The account, as it was read some time ago.</param>
    /// <param name="current">The account as it is now; null if it isn't soft-deleted any more.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    /// <returns>The checks, and the account itself where it lives already.</returns>
    public async Task<(RestoreTestResult Result, CognitiveAccount? Live)> TestAsync(
        DeletedCognitiveAccount account, Task<DeletedCognitiveAccount?> current, CancellationToken cancellationToken)
    {
        AccountReference reference = AccountReference.Of(account);
        Task<(RestoreCheck Check, CognitiveAccount? Live)> name =
            new NameCheck(addresses, lookups).RunAsync(account, current, reference, cancellationToken);
        IEnumerable<Task<RestoreCheck>> checks =
        [
            RetentionCheck.RunAsync(account, current, DateTime.UtcNow),
            OfNameAsync(),
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
        var result = new RestoreTestResult
        {
            Name = account.Name,
            ResourceGroupName = account.ResourceGroupName,
            Location = account.Location,
            SubscriptionId = account.SubscriptionId,
            DeletionDate = account.DeletionDate,
            ResourceId = account.ResourceId,
            Checks = new ValueList<RestoreCheck>(made.OrderBy(check => check.Status)),
        };
        return (result, (await name.ConfigureAwait(false)).Live);

        async Task<RestoreCheck> OfNameAsync() => (await name.ConfigureAwait(false)).Check;
    }
}
