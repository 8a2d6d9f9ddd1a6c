using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>What the service does to accounts, and what it refuses.</summary>
internal sealed class AccountLifecycle(ArmState state, ArmOperations operations, SimulatedArmOptions options)
{
    private const string Write = "Microsoft.CognitiveServices/accounts/write";

    public Account Get(AccountKey key)
    {
        using var _ = state.Enter();
        RequireGroup(key);
        return state.Live(key) ?? throw ArmException.AccountNotFound(key);
    }

    /// <summary>Creates, restores or updates, as the body says.</summary>
    /// <returns>The account, whether it is new, and the operation that brings it; null: it's there.</returns>
    public (Account Account, bool IsNew, ArmOperation? Operation) Put(
        AccountKey key, AccountRequest request, string correlationId)
    {
        var location = request.Location ?? throw ArmException.LocationRequired();
        if (!AzureLocation.IsKnown(location))
            throw ArmException.LocationNotAvailable(location, "Microsoft.CognitiveServices/accounts");
        using var _ = state.Enter();
        RequireGroup(key);
        RequireAllowed(key);
        RequireIdle(key);
        var log = Log(Account.IdOf(key), Write, correlationId);
        if (request.Restore) return Restore(key, location, log);
        if (state.Live(key) is { } existing) return (Change(existing, request, log), false, null);
        if (state.Deleted(key) is { } deleted) throw ArmException.FlagMustBeSetForRestore(deleted.Account.Id);
        return Create(key, location, request, log);
    }

    public Account Patch(AccountKey key, AccountRequest request, string correlationId)
    {
        using var _ = state.Enter();
        RequireGroup(key);
        var existing = state.Live(key) ?? throw ArmException.AccountNotFound(key);
        RequireAllowed(key);
        RequireIdle(key);
        return Change(existing, request, Log(existing.Id, Write, correlationId));
    }

    /// <returns>Whether there was an account to delete.</returns>
    public bool SoftDelete(AccountKey key, string correlationId)
    {
        using var _ = state.Enter();
        RequireGroup(key);
        RequireIdle(key);
        if (state.Live(key) is not { } account) return false;
        SoftDelete(account, correlationId);
        return true;
    }

    public DeletedAccount GetDeleted(AccountKey key, string location)
    {
        using var _ = state.Enter();
        return state.Deleted(key, location) ?? throw ArmException.DeletedAccountNotFound(location, key);
    }

    /// <returns>The operation; null: there was nothing to purge.</returns>
    public ArmOperation? Purge(AccountKey key, string location, string correlationId)
    {
        using var _ = state.Enter();
        if (state.Deleted(key, location) is not { } deleted) return null;
        RequireIdle(key);
        RequireSettled(deleted);
        var log = Log(
            deleted.Id, "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete",
            correlationId);
        log.Begin();
        state.Put(deleted with { Account = deleted.Account with { ProvisioningState = "Deleting" } });
        return operations.Start(key, deleted.Location, "Deleting", options.PurgeTime, () =>
        {
            state.RemoveDeleted(deleted.Key);
            log.End();
        });
    }

    /// <summary>Deletes a group: its accounts are soft-deleted.</summary>
    public ArmOperation DeleteGroup(AccountKey key, string correlationId)
    {
        using var _ = state.Enter();
        var group = RequireGroup(key);
        var log = Log(group.Id, "Microsoft.Resources/subscriptions/resourceGroups/delete", correlationId);
        log.Begin();
        foreach (var account in state.LiveIn(group)) SoftDelete(account, correlationId);
        return operations.Start(key, group.Location, "Deleting", TimeSpan.Zero, () =>
        {
            state.RemoveGroup(key);
            log.End();
        });
    }

    public ArmOperation FindOperation(string id)
    {
        using var _ = state.Enter();
        return (Guid.TryParse(id, out var guid) ? operations.Find(guid) : null)
            ?? throw new ArmException(404, "ResourceNotFound", $"The operation '{id}' was not found.");
    }

    private (Account, bool, ArmOperation?) Create(
        AccountKey key, string location, AccountRequest request, LoggedRequest log)
    {
        if (!KindProfile.IsKnown(request.Kind)) throw ArmException.InvalidKind(request.Kind);
        var account = Apply(request, new Account
        {
            SubscriptionId = key.SubscriptionId,
            ResourceGroupName = key.ResourceGroupName,
            Name = key.Name,
            Location = location,
            Kind = request.Kind!,
            Sku = request.Sku ?? throw new ArmException(400, "InvalidSkuId", "The request has no SKU name."),
            DateCreated = state.Now,
            WrittenAt = state.Now,
            ProvisioningState = "Creating",
        });
        return Begin(account, options.CreateTime, log);
    }

    private (Account, bool, ArmOperation?) Restore(AccountKey key, string location, LoggedRequest log)
    {
        // A guess: nobody recorded a restore where another account of the name lives. Here it is left alone.
        if (state.Live(key) is not null || state.Deleted(key, location) is not { } deleted)
            throw ArmException.CanNotRestore(Account.IdOf(key));
        RequireSettled(deleted);
        state.RemoveDeleted(deleted.Key);
        var account = deleted.Account with { WrittenAt = state.Now, ProvisioningState = "Creating" };
        if (state.MissingFor(account) is { } missing) return Fail(deleted, account, missing, log);
        if (options.RestoreTime > TimeSpan.Zero) return Begin(account, options.RestoreTime, log);
        log.End();
        return (state.Put(account with { ProvisioningState = "Succeeded" }), true, null);
    }

    private (Account, bool, ArmOperation?) Begin(Account account, TimeSpan duration, LoggedRequest log)
    {
        log.Begin();
        var begun = state.Put(account);
        var operation = operations.Start(account.Key, account.Location, "Creating", duration, () =>
        {
            state.Put(begun with { ProvisioningState = "Succeeded" });
            log.End();
        });
        return (begun, true, operation);
    }

    /// <summary>A guess: nobody recorded how the service fails to restore an account whose key vault or storage is
    /// gone. Here it accepts the restore, its operation fails, and the account is deleted as before.</summary>
    private (Account, bool, ArmOperation?) Fail(
        DeletedAccount deleted, Account account, string missing, LoggedRequest log)
    {
        log.Begin();
        var begun = state.Put(account);
        var error = new ArmException(
            400, "InvalidResourceProperties",
            $"The account can't be restored: it needs '{missing}', which wasn't found.");
        var operation = operations.Start(account.Key, account.Location, "Creating", options.RestoreTime, () =>
        {
            state.RemoveLive(account.Key);
            state.Put(deleted);
            log.End("Failed");
        }, error);
        return (begun, true, operation);
    }

    private Account Change(Account existing, AccountRequest request, LoggedRequest log)
    {
        var changed = state.Put(Apply(request, existing with
        {
            Sku = request.Sku ?? existing.Sku,
            WrittenAt = state.Now,
        }));
        log.End();
        return changed;
    }

    private Account Apply(AccountRequest request, Account account)
    {
        var subDomain = request.CustomSubDomainName ?? account.CustomSubDomainName;
        if (subDomain is not null && state.IsSubDomainTaken(subDomain, account.Key))
            throw ArmException.CustomDomainInUse(subDomain);
        return account with
        {
            CustomSubDomainName = subDomain,
            Tags = request.Tags ?? account.Tags,
            Identity = request.Identity(state.TenantId, account.Identity),
            Properties = request.MergeProperties(account.Properties),
        };
    }

    private void SoftDelete(Account account, string correlationId)
    {
        var log = Log(account.Id, "Microsoft.CognitiveServices/accounts/delete", correlationId);
        state.RemoveLive(account.Key);
        state.Put(new DeletedAccount(account, state.Now));
        log.End();
    }

    private ResourceGroup RequireGroup(AccountKey key) =>
        state.Group(key) ?? throw ArmException.ResourceGroupNotFound(key.ResourceGroupName);

    private void RequireIdle(AccountKey key)
    {
        if (operations.IsRunning(key)) throw ArmException.RequestConflict(Account.IdOf(key));
    }

    private void RequireSettled(DeletedAccount deleted)
    {
        if (deleted.DeletionDate + (deleted.SettleTime ?? options.SettleTime) > state.Now)
            throw ArmException.RequestConflict(deleted.Account.Id);
    }

    private void RequireAllowed(AccountKey key)
    {
        var policies = state.PoliciesOn(key);
        if (policies.Count > 0)
            throw ArmException.DisallowedByPolicy(key.Name, ArmType.Accounts.FullName, policies);
    }

    private LoggedRequest Log(string id, string operation, string correlationId) =>
        new(state, options.Caller, id, operation, correlationId);
}
