using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>What the service does to key vaults, and what it refuses.</summary>
internal sealed class KeyVaultLifecycle(ArmState state, ArmOperations operations, SimulatedArmOptions options)
{
    /// <summary>Creates, recovers or updates, as the request says.</summary>
    public (TrackedResource Vault, bool IsNew) Put(AccountKey key, KeyVaultRequest request)
    {
        var location = request.Location;
        using var _ = state.Enter();
        RequireGroup(key);
        if (state.Resource(ArmType.KeyVaults, key) is { } there) return (state.Put(request.Apply(there)), false);
        if (state.Vault(key.Name) is not null) throw ResourceErrors.VaultAlreadyExists(key.Name);
        var deleted = state.DeletedVault(key.Name);
        if (request.Recover)
        {
            return deleted?.Vault.Key == key && AzureLocation.Same(deleted.Vault.Location, location)
                ? (state.RecoverVault(deleted, options.VaultRecoveryTime), false)
                : throw ResourceErrors.DeletedVaultNotFound(key.Name);
        }

        if (deleted is not null) throw ResourceErrors.VaultIsDeleted();
        // Roles don't decide unless the request says so: the default of the specification.
        var vault = state.AddKeyVault(key.Name, key.ResourceGroupName, location, key.SubscriptionId, rbac: false);
        return (state.Put(request.Apply(vault)), true);
    }

    /// <returns>Whether there was one to delete.</returns>
    public bool SoftDelete(AccountKey key)
    {
        using var _ = state.Enter();
        RequireGroup(key);
        var isThere = state.Resource(ArmType.KeyVaults, key) is not null;
        if (isThere) state.SoftDeleteVault(key, state.Now);
        return isThere;
    }

    public ArmOperation Purge(DeletedKeyVault deleted)
    {
        using var _ = state.Enter();
        return operations.Start(
            deleted.Id, AzureLocation.Normalize(deleted.Vault.Location), "Deleting", TimeSpan.Zero,
            () => state.PurgeKeyVault(deleted.Name));
    }

    private void RequireGroup(AccountKey key)
    {
        if (state.Group(key) is null) throw ArmException.ResourceGroupNotFound(key.ResourceGroupName);
    }
}
