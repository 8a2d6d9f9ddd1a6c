using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>What the service does to accounts, and what it refuses.</summary>
internal sealed class AccountLifecycle(ArmState state, ArmOperations operations, SimulatedArmOptions options)
{
    private const string Write = "Microsoft.CognitiveServices/accounts/write";

    private readonly AccountChecks checks = new(state, operations, options);

    private readonly AccountProvisioning provisioning = new(state, operations, options);

    private readonly AccountLimits limits = new(state);

    public Account Get(AccountKey key)
    {
        using var _ = state.Enter();
        checks.RequireGroup(key);
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
        checks.RequireGroup(key);
        checks.RequireAllowed(key);
        checks.RequireIdle(key);
        var log = Log(Account.IdOf(key), Write, correlationId);
        if (request.Restore) return Restore(key, location, log);
        if (state.Live(key) is { } existing) return (Change(existing, request, log), false, null);
        if (state.Deleted(key) is { } deleted) throw ArmException.FlagMustBeSetForRestore(deleted.Account.Id);
        return Create(key, location, request, log);
    }

    public Account Patch(AccountKey key, AccountRequest request, string correlationId)
    {
        using var _ = state.Enter();
        checks.RequireGroup(key);
        var existing = state.Live(key) ?? throw ArmException.AccountNotFound(key);
        checks.RequireAllowed(key);
        checks.RequireIdle(key);
        return Change(existing, request, Log(existing.Id, Write, correlationId));
    }

    /// <returns>Whether there was an account to delete.</returns>
    public bool SoftDelete(AccountKey key, string correlationId)
    {
        using var _ = state.Enter();
        checks.RequireGroup(key);
        checks.RequireIdle(key);
        if (state.Live(key) is not { } account) return false;
        if (account.Projects is { Count: > 0 } projects)
        {
            throw ArmException.CannotDeleteNested(
                account.Type, account.Name, projects.Select(one => $"projects/{one}"));
        }

        state.SoftDelete(account);
        Log(account.Id, "Microsoft.CognitiveServices/accounts/delete", correlationId).End();
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
        checks.RequireIdle(key);
        checks.RequireSettled(deleted);
        var log = Log(
            deleted.Id, "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete",
            correlationId);
        log.Begin();
        state.Put(deleted with { Account = deleted.Account with { ProvisioningState = "Deleting" } });
        return operations.Start(deleted.Account.Id, deleted.Location, "Deleting", options.PurgeTime, () =>
        {
            state.RemoveDeleted(deleted.Key);
            log.End();
        });
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
        RequireRoom(account);
        return provisioning.Create(account, log);
    }

    private (Account, bool, ArmOperation?) Restore(AccountKey key, string location, LoggedRequest log)
    {
        // A guess: nobody recorded a restore where another account of the name lives. Here it is left alone.
        if (state.Live(key) is not null || state.Deleted(key, location) is not { } deleted)
            throw ArmException.CanNotRestore(Account.IdOf(key));
        checks.RequireSettled(deleted);
        RequireRoom(deleted.Account);
        return provisioning.Restore(deleted, log);
    }

    private void RequireRoom(Account account)
    {
        limits.RequireFreeSlot(account);
        limits.RequireQuota(account);
    }

    private Account Change(Account existing, AccountRequest request, LoggedRequest log)
    {
        var changed = Apply(request, existing with
        {
            Sku = request.Sku ?? existing.Sku,
            WrittenAt = state.Now,
        });
        limits.RequireFreeSlot(changed);
        changed = state.Put(changed);
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
            Identity = request.Identity(state.TenantId, account.Identity, state.Identity),
            Properties = request.MergeProperties(account.Properties),
        };
    }

    private LoggedRequest Log(string id, string operation, string correlationId) =>
        new(state, options.Caller, id, operation, correlationId);
}
