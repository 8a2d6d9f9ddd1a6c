namespace CogRecover.Batch;

/// <summary>Restores accounts.</summary>
/// <param name="createsGroup">Whether an account's resource group is created where it is gone.</param>
/// <param name="restoresDependencies">Whether all that an account needs and that is gone is brought back first.</param>
/// <param name="skipsChecks">Whether to restore without a look at what the account needs.</param>
internal sealed class RestoreAction(
    BatchContext context, bool createsGroup, bool restoresDependencies, bool skipsChecks)
    : IAccountAction<RestoreOutcome>
{
    private const string Caption = "Restore a soft-deleted account";

    private readonly Confirmation confirmation = context.Confirmation;
    private readonly AccountRecovery recovery = context.Session.Recovery;

    // By the id of the live account, which only one account can have.
    private readonly Dictionary<string, DeletedCognitiveAccount> restored = new(StringComparer.OrdinalIgnoreCase);

    private readonly DependencyRecoveries dependencies = new(context);

    public string Activity => "Restoring accounts";
    public string Participle => "restored";
    public IEnumerable<string> Unfinished => dependencies.Unfinished;
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
        if (skipsChecks && !BringsBack) return true;
        DeletedCognitiveAccount account = work.Account!;
        IReadOnlyList<DependencyStatus> needed;
        IEnumerable<RestoreCheck> checks;
        if (skipsChecks)
        {
            needed = await recovery.Prerequisites.TestNeededAsync(
                account, isGroupOnly: !restoresDependencies, cancellationToken: cancellationToken);
            checks = needed.Select(status => status.Check);
        }
        else
        {
            (RestoreTestResult result, needed, work.Live) =
                await recovery.Prerequisites.TestAsync(account, cancellationToken);
            if (work.Live is not null) return true;
            checks = result.Checks;
        }

        work.Needs = RequireRecoverable(account, checks, needed);
        return true;
    }

    public bool Ask(AccountWork work)
    {
        if (work.Live is { } live) return AskToFollow(work, live);
        DeletedCognitiveAccount account = work.Account!;
        if (restored.TryGetValue(account.AccountId, out DeletedCognitiveAccount? other))
            throw RestoreErrors.NameIsTaken(account, other);
        string restore = $"Restore {AccountDescription.Of(account, context.Session.Context.SubscriptionId)}";
        if (!dependencies.Ask(work.Needs))
        {
            work.Output.WriteVerbose($"Account '{account.Name}' isn't restored, as what it needs isn't brought back.");
            return false;
        }

        bool isWanted = confirmation.ShouldProcess(restore, restore + "?", Caption);
        if (isWanted || confirmation.IsWhatIf) restored[account.AccountId] = account;
        return isWanted;
    }

    public async Task<(RestoreOutcome Result, bool HasEnded)> OperateAsync(
        AccountWork work, CancellationToken cancellationToken)
    {
        if (work.Live is { } live)
            return await context.CompleteAsync(
                recovery.Operations.FollowRestore(live, context.Timeout, work), cancellationToken);
        try
        {
            try
            {
                return await RestoreAsync(work, isAgain: false, cancellationToken);
            }
            catch (RecoveryException e) when (BringsBack && !Attempt.IsOutcomeUnknown(e)
                && e.ErrorId is RecoveryErrorId.ResourceGroupNotFound or RecoveryErrorId.RestoreFailed)
            {
                if (!await FindNeededAgainAsync(work, cancellationToken)) throw;
                return await RestoreAsync(work, isAgain: true, cancellationToken);
            }
        }
        catch (RecoveryException e)
        {
            throw RestoreErrors.BroughtBack(e, work.BroughtBack);
        }
    }

    public async Task<object?> ReportAsync(
        AccountWork work, RestoreOutcome result, bool hasEnded, CancellationToken cancellationToken)
    {
        string account = $"Account {AccountReference.Of(result.Account)}";
        if (result.WasLiveAlready) await WarnAsync(work, $"{account} lives already: there was nothing to restore.");
        if (result.Failure is { } failure)
            await WarnAsync(work, $"{account} lives, although Azure says that its restore failed: {failure}");
        if (work.Live is null && !result.WasLiveAlready) await WarnOfLostAsync(work, cancellationToken);
        return result.Account;
    }

    private async Task<(RestoreOutcome Result, bool HasEnded)> RestoreAsync(
        AccountWork work, bool isAgain, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount account = work.Account!;
        if (work.Needs.Count > 0)
        {
            await recovery.Prerequisites.RequireDeletedAsync(account, cancellationToken);

            // A deletion may have to end first, and take long: other accounts go on meanwhile.
            work.Room?.Dispose();
            await dependencies.RecoverAsync(work, isAgain, cancellationToken);
            work.Room = await context.Session.Limit.EnterAsync(cancellationToken);
        }

        return await context.CompleteAsync(
            await recovery.Operations.StartRestoreAsync(account, context.Timeout, work, IsWanted, cancellationToken),
            cancellationToken);
    }

    /// <summary>Looks again at what an account needs: it was there before the restore, and may have gone with a group
    /// whose deletion has finished since.</summary>
    /// <returns>Whether something is gone, and the user wants it back.</returns>
    private async Task<bool> FindNeededAgainAsync(AccountWork work, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount account = work.Account!;
        work.Stage = WorkStage.Running;
        IReadOnlyList<DependencyStatus> needed = await recovery.Prerequisites.TestNeededAsync(
            account, isGroupOnly: !restoresDependencies, again: true, cancellationToken);
        List<RecoverableResource> gone = RequireRecoverable(
            account, needed.Select(status => status.Check), needed, wasRefused: true);
        if (gone.Count == 0 || !await context.Session.Pump.InvokeAsync(() => dependencies.Ask(gone))) return false;
        work.Needs = gone;
        return true;
    }

    /// <summary>What has to be brought back before an account.</summary>
    /// <exception cref="RecoveryException">Something fails that isn't brought back.</exception>
    private List<RecoverableResource> RequireRecoverable(
        DeletedCognitiveAccount account, IEnumerable<RestoreCheck> checks, IReadOnlyList<DependencyStatus> needed,
        bool wasRefused = false)
    {
        DependencyStatus[] recoverable = [.. needed.Where(CanRecover)];
        RestoreCheck[] failed = [.. checks.Where(check => check.Status == RestoreCheckStatus.Failed)
            .Except(recoverable.Select(status => status.Check))
            .Concat(checks.Where(check => restoresDependencies && check.ErrorId == RecoveryErrorId.KeyVaultMissing))];
        return failed.Length == 0
            ? [.. recoverable.Select(status => status.Recovery!)]
            : throw RestoreErrors.PrerequisitesFailed(account, failed, wasRefused);
    }

    private async Task WarnOfLostAsync(AccountWork work, CancellationToken cancellationToken)
    {
        IReadOnlyList<RestoreCheck> lost = await recovery.Prerequisites.FindLostAsync(
            work.Account!, wasBroughtBack: work.Needs.Count > 0, looks: !skipsChecks || work.Needs.Count > 0,
            cancellationToken);
        if (lost.Count > 0)
            await WarnAsync(work, $"Account '{work.Name}' needs some work by hand. "
                + string.Join(" ", lost.Select(check => $"{check.Message} {check.RecommendedAction}".TrimEnd())));
    }

    private bool AskToFollow(AccountWork work, CognitiveAccount live)
    {
        if (ProvisioningState.IsUnderWay(live.ProvisioningState))
            return confirmation.ShouldFollow(live.Name, Participle, work.Output);
        string nothing = $"Restore nothing: account {AccountReference.Of(live)} lives already";
        return !confirmation.IsWhatIf || confirmation.ShouldProcess(nothing, nothing, Caption);
    }

    private bool IsWanted(DeletedCognitiveAccount account) =>
        context.Works.Any(work => work.Stage != WorkStage.Skipped && work.Input.IsOf(account));

    private bool BringsBack => createsGroup || restoresDependencies;

    private bool CanRecover(DependencyStatus status) => status is { HasFailed: true, Recovery: { } recovery }
        && (restoresDependencies || (createsGroup && recovery.IsGroup));

    private Task WarnAsync(AccountWork work, string warning) =>
        context.WriteAsync(work, output => output.WriteWarning(warning));
}
