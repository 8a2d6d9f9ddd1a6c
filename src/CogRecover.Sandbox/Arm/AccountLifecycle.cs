namespace CogRecover.Sandbox.Arm;

/// <summary>What the service does to accounts, and what it refuses.</summary>
internal sealed class AccountLifecycle(ArmState state, ArmOperations operations, SimulatedArmOptions options)
{
    public Account Get(AccountKey key)
    {
        using var _ = state.Enter();
        RequireGroup(key);
        return state.Live(key) ?? throw ArmException.AccountNotFound(key);
    }

    /// <summary>Creates, restores or updates, as the body says.</summary>
    /// <returns>The account, whether it is new, and the operation that brings it; null: it's there.</returns>
    public (Account Account, bool IsNew, ArmOperation? Operation) Put(AccountKey key, AccountRequest request)
    {
        var location = request.Location ?? throw ArmException.LocationRequired();
        if (!AzureLocation.IsKnown(location))
            throw ArmException.LocationNotAvailable(location, "Microsoft.CognitiveServices/accounts");
        using var _ = state.Enter();
        RequireGroup(key);
        RequireIdle(key);
        if (request.Restore) return Restore(key, location);
        if (state.Live(key) is { } existing) return (Change(existing, request), false, null);
        if (state.Deleted(key) is { } deleted) throw ArmException.FlagMustBeSetForRestore(deleted.Account.Id);
        return Create(key, location, request);
    }

    public Account Patch(AccountKey key, AccountRequest request)
    {
        using var _ = state.Enter();
        RequireGroup(key);
        RequireIdle(key);
        return Change(state.Live(key) ?? throw ArmException.AccountNotFound(key), request);
    }

    /// <returns>Whether there was an account to delete.</returns>
    public bool SoftDelete(AccountKey key)
    {
        using var _ = state.Enter();
        RequireGroup(key);
        RequireIdle(key);
        if (state.Live(key) is not { } account) return false;
        SoftDelete(account);
        return true;
    }

    public DeletedAccount GetDeleted(AccountKey key, string location)
    {
        using var _ = state.Enter();
        return FindDeleted(key, location) ?? throw ArmException.DeletedAccountNotFound(location, key);
    }

    /// <returns>The operation; null: there was nothing to purge.</returns>
    public ArmOperation? Purge(AccountKey key, string location)
    {
        using var _ = state.Enter();
        if (FindDeleted(key, location) is not { } deleted) return null;
        RequireIdle(key);
        state.Put(deleted with { Account = deleted.Account with { ProvisioningState = "Deleting" } });
        return operations.Start(
            key, deleted.Location, "Deleting", options.PurgeTime, () => state.RemoveDeleted(key));
    }

    /// <summary>Deletes a group: its accounts are soft-deleted.</summary>
    public ArmOperation DeleteGroup(AccountKey key)
    {
        using var _ = state.Enter();
        var group = RequireGroup(key);
        foreach (var account in state.LiveIn(group)) SoftDelete(account);
        return operations.Start(key, group.Location, "Deleting", TimeSpan.Zero, () => state.RemoveGroup(key));
    }

    public ArmOperation FindOperation(string id)
    {
        using var _ = state.Enter();
        return (Guid.TryParse(id, out var guid) ? operations.Find(guid) : null)
            ?? throw new ArmException(404, "ResourceNotFound", $"The operation '{id}' was not found.");
    }

    private (Account, bool, ArmOperation?) Create(AccountKey key, string location, AccountRequest request)
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
        return Begin(account, options.CreateTime);
    }

    private (Account, bool, ArmOperation?) Restore(AccountKey key, string location)
    {
        if (FindDeleted(key, location) is not { } deleted)
            throw ArmException.CanNotRestore(Account.IdOf(key));
        state.RemoveDeleted(key);
        var account = deleted.Account with { WrittenAt = state.Now };
        return options.RestoreTime == TimeSpan.Zero
            ? (state.Put(account), true, null)
            : Begin(account with { ProvisioningState = "Creating" }, options.RestoreTime);
    }

    private (Account, bool, ArmOperation?) Begin(Account account, TimeSpan duration)
    {
        var begun = state.Put(account);
        var operation = operations.Start(account.Key, account.Location, "Creating", duration,
            () => state.Put(begun with { ProvisioningState = "Succeeded" }));
        return (begun, true, operation);
    }

    private Account Change(Account existing, AccountRequest request) => state.Put(Apply(request, existing with
    {
        Sku = request.Sku ?? existing.Sku,
        WrittenAt = state.Now,
    }));

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

    private void SoftDelete(Account account)
    {
        state.RemoveLive(account.Key);
        state.Put(new DeletedAccount(account, state.Now));
    }

    private DeletedAccount? FindDeleted(AccountKey key, string location) =>
        state.Deleted(key) is { } deleted && AzureLocation.Same(deleted.Location, location) ? deleted : null;

    private ResourceGroup RequireGroup(AccountKey key) =>
        state.Group(key) ?? throw ArmException.ResourceGroupNotFound(key.ResourceGroupName);

    private void RequireIdle(AccountKey key)
    {
        if (operations.IsRunning(key)) throw ArmException.RequestConflict(Account.IdOf(key));
    }
}
