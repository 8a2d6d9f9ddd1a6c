namespace CogRecover.Batch;

/// <summary>Restores accounts.</summary>
/// <param name="createsGroup">Whether an account's resource group is created where it is gone.</param>
/// <param name="skipsChecks">Whether to restore without a look at what the account needs.</param>
internal sealed class RestoreAction(BatchContext context, bool createsGroup, bool skipsChecks)
    : IAccountAction<RestoreOutcome>
{
    private const string Caption = "Restore a soft-deleted account";

    private readonly Confirmation confirmation = context.Confirmation;
    private readonly AccountRecovery recovery = context.Session.Recovery;

    // By the id of the live account, which only one account can have.
    private readonly Dictionary<string, DeletedCognitiveAccount> restored = new(StringComparer.OrdinalIgnoreCase);

    // For each group that is gone: whether the user wants it created, and for which account (asked once), and its
    // creation (started once).
    private readonly ConcurrentDictionary<string, (bool IsWanted, DeletedCognitiveAccount For)> groupAnswers =
        new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> groupCreations =
        new(StringComparer.OrdinalIgnoreCase);

    public string Activity => "Restoring accounts";
    public string Participle => "restored";
    public bool Asks => confirmation.IsWhatIf || confirmation.IsAsked(ConfirmImpact.Medium);

    public async Task<bool> IsDoneAlreadyAsync(AccountWork work, CancellationToken cancellationToken)
    {
        var reference = work.Input.Reference();

        // Where it can't be found out, what the user has to know is that no deleted account was found.
        (_, CognitiveAccount? live) = await context.Search.TryFindLiveAsync(reference, cancellationToken);
        if (live is null) return false;

        // A restore brings an account back where it was, and with the date of its creation.
        if ((reference.Location is { } location && !location.Equals(live.Location, StringComparison.OrdinalIgnoreCase))
            || (AccountMatches.CreatedAt(live) is { } created && work.Input.Deletion?.IsBefore(created) == true))
            throw RestoreErrors.AlreadyExists(reference);
        work.Live = live;
        return true;
    }

    public async Task<bool> LookAsync(AccountWork work, CancellationToken cancellationToken)
    {
        if (skipsChecks && !createsGroup) return true;
        DeletedCognitiveAccount account = work.Account!;
        IReadOnlyList<RestoreCheck> checks;
        if (skipsChecks)
        {
            checks = [await recovery.Prerequisites.TestResourceGroupAsync(account, cancellationToken)];
        }
        else
        {
            (RestoreTestResult result, work.Live) = await recovery.Prerequisites.TestAsync(account, cancellationToken);
            if (work.Live is not null) return true;
            checks = result.Checks;
        }

        ILookup<bool, RestoreCheck> failed = checks.Where(check => check.Status == RestoreCheckStatus.Failed).ToLookup(
            check => check.ErrorId == RecoveryErrorId.ResourceGroupNotFound && CanCreateGroup(account));
        work.NeedsGroup = failed.Contains(true);
        if (failed.Contains(false)) throw RestoreErrors.PrerequisitesFailed(account, [.. failed[false]]);

        // Before the question, not in the job that follows it.
        foreach (RestoreCheck check in checks.Where(check => check.ErrorId == RecoveryErrorId.SubnetMissing))
            await context.Session.Pump.PostAsync(() =>
                context.Session.Output.WriteWarning($"Account '{account.Name}': {check.Message}"));
        return true;
    }

    public bool Ask(AccountWork work)
    {
        if (work.Live is { } live) return AskToFollow(work, live);
        DeletedCognitiveAccount account = work.Account!;
        if (restored.TryGetValue(account.AccountId, out DeletedCognitiveAccount? other))
            throw RestoreErrors.NameIsTaken(account, other);
        string restore = $"Restore {AccountDescription.Of(account, context.Session.Context.SubscriptionId)}";
        bool isWanted = (!work.NeedsGroup || AskForGroup(account))
            && confirmation.ShouldProcess(restore, restore + "?", Caption);
        if (isWanted || confirmation.IsWhatIf) restored[account.AccountId] = account;
        return isWanted;
    }

    public async Task<OperationHandle<RestoreOutcome>> StartAsync(AccountWork work, CancellationToken cancellationToken)
    {
        if (work.Live is { } live) return recovery.Operations.FollowRestore(live, context.Timeout, work);
        DeletedCognitiveAccount account = work.Account!;
        if (!work.NeedsGroup)
        {
            try
            {
                return await RestoreAsync();
            }
            catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.ResourceGroupNotFound
                && CanCreateGroup(account))
            {
                // The group was there when it was looked up; its deletion has finished since.
                if (!await context.Session.Pump.InvokeAsync(() => AskForGroup(account))) throw;
            }
        }

        await recovery.Prerequisites.RequireDeletedAsync(account, cancellationToken);
        bool isCreated;
        try
        {
            isCreated = await groupCreations.GetOrAdd(GroupKey(account), key => new(
                () => CreateGroupAsync(work, groupAnswers[key].For, cancellationToken))).Value;
        }
        catch (RecoveryException e)
        {
            throw RestoreErrors.GroupNotCreated(account, e);
        }

        try
        {
            return await RestoreAsync();
        }
        catch (RecoveryException e) when (isCreated)
        {
            throw RestoreErrors.GroupCreated(account, e);
        }

        Task<OperationHandle<RestoreOutcome>> RestoreAsync() =>
            recovery.Operations.StartRestoreAsync(account, context.Timeout, work, cancellationToken);
    }

    public async Task<object?> ReportAsync(
        AccountWork work, RestoreOutcome result, bool hasEnded, CancellationToken cancellationToken)
    {
        string account = $"Account {AccountReference.Of(result.Account)}";
        if (result.WasLiveAlready) await WarnAsync(work, $"{account} lives already: there was nothing to restore.");
        if (result.Failure is { } failure)
            await WarnAsync(work, $"{account} lives, although Azure says that its restore failed: {failure}");
        return result.Account;
    }

    private async Task<bool> CreateGroupAsync(
        AccountWork work, DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        string created = $"Created resource group '{account.ResourceGroupName}' in location '{account.Location}'.";
        bool isCreated = await recovery.Operations.CreateGroupAsync(account, context.Timeout, cancellationToken);
        if (isCreated) await context.WriteAsync(work, output => output.WriteInformation(created, isShown: false));
        return isCreated;
    }

    private bool AskToFollow(AccountWork work, CognitiveAccount live)
    {
        if (ProvisioningState.IsUnderWay(live.ProvisioningState))
            return confirmation.ShouldFollow(live.Name, Participle, work.Output);
        string nothing = $"Restore nothing: account {AccountReference.Of(live)} lives already";
        return !confirmation.IsWhatIf || confirmation.ShouldProcess(nothing, nothing, Caption);
    }

    private bool CanCreateGroup(DeletedCognitiveAccount account) => createsGroup && account.Location != Region.Global;

    private bool AskForGroup(DeletedCognitiveAccount account)
    {
        if (groupAnswers.TryGetValue(GroupKey(account), out (bool IsWanted, DeletedCognitiveAccount) answer))
            return answer.IsWanted;
        string create = $"Create resource group '{account.ResourceGroupName}' in location '{account.Location}'";
        bool isWanted =
            confirmation.ShouldProcess(create, create + "?", "Create a resource group") || confirmation.IsWhatIf;
        groupAnswers[GroupKey(account)] = (isWanted, account);
        return isWanted;
    }

    private static string GroupKey(DeletedCognitiveAccount account) =>
        $"{account.SubscriptionId}/{account.ResourceGroupName}";

    private Task WarnAsync(AccountWork work, string warning) =>
        context.WriteAsync(work, output => output.WriteWarning(warning));
}
