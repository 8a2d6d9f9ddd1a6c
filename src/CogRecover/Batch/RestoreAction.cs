namespace CogRecover.Batch;

/// <summary>Restores accounts.</summary>
/// <param name="scope">What is brought back of what an account needs.</param>
/// <param name="skipsChecks">Whether to restore without a look at what the account needs.</param>
/// <param name="groupTags">The tags that created resource groups get, besides those that they had.</param>
internal sealed class RestoreAction(
    BatchContext context, RestoreScope scope, bool skipsChecks, IReadOnlyDictionary<string, string> groupTags)
    : IAccountAction<RestoreOutcome>
{
    private const string Caption = "Restore a soft-deleted account";

    private readonly Confirmation confirmation = context.Confirmation;
    private readonly AccountRecovery recovery = context.Session.Recovery;

    // By the id of the live account, which only one account can have.
    private readonly Dictionary<string, DeletedCognitiveAccount> restored = new(StringComparer.OrdinalIgnoreCase);

    private readonly RestoreNeeds needs = new(context, scope, groupTags);

    public string Activity => "Restoring accounts";
    public string Participle => "restored";
    public IEnumerable<string> Unfinished => needs.Unfinished;
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
        if (skipsChecks && !needs.AreBroughtBack) return true;
        DeletedCognitiveAccount account = work.Account!;
        IReadOnlyList<DependencyStatus> needed;
        IEnumerable<RestoreCheck> checks;
        if (skipsChecks)
        {
            needed = await recovery.Prerequisites.TestNeededAsync(
                account, isGroupOnly: !scope.RestoresDependencies, cancellationToken: cancellationToken);
            checks = needed.Select(status => status.Check);
        }
        else
        {
            (RestoreTestResult result, needed, work.Live) =
                await recovery.Prerequisites.TestAsync(account, cancellationToken);
            if (work.Live is not null)
            {
                // What lives already may have come back without what it needs.
                work.Needs = needs.RecoveriesOf(needed);
                return true;
            }

            checks = result.Checks;
        }

        work.Needs = needs.Require(account, checks, needed);
        return true;
    }

    public bool Ask(AccountWork work)
    {
        if (work.Live is { } live) return needs.Ask(work.Needs) & AskToFollow(work, live);
        DeletedCognitiveAccount account = work.Account!;
        if (restored.TryGetValue(account.AccountId, out DeletedCognitiveAccount? other))
            throw RestoreErrors.NameIsTaken(account, other);
        string restore = $"Restore {AccountDescription.Of(account, context.Session.Context.SubscriptionId)}";
        if (!needs.Ask(work.Needs))
        {
            work.Output.WriteVerbose(
                $"Account '{account.Name}' isn't restored, because what it needs isn't brought back.");
            return false;
        }

        bool isWanted = confirmation.ShouldProcess(restore, restore + "?", Caption);
        if (isWanted || confirmation.IsWhatIf) restored[account.AccountId] = account;
        return isWanted;
    }

    public async Task<(RestoreOutcome Result, bool HasEnded)> OperateAsync(
        AccountWork work, CancellationToken cancellationToken)
    {
        try
        {
            bool isReady = false;
            try
            {
                await needs.BringBackAsync(work, isAgain: false, cancellationToken);
                isReady = true;
                return await RestoreAsync(work, cancellationToken);
            }
            catch (RecoveryException e) when (needs.AreBroughtBack && work.Live is null && !Attempt.IsOutcomeUnknown(e)
                && (e.ErrorId == RecoveryErrorId.ResourceGroupNotFound
                    || (isReady && e.ErrorId == RecoveryErrorId.RestoreFailed)))
            {
                if (!await needs.FindAgainAsync(work, e, wasBroughtBack: isReady, cancellationToken)) throw;
            }

            await needs.BringBackAsync(work, isAgain: true, cancellationToken);
            return await RestoreAsync(work, cancellationToken);
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
        work.HadNothingToDo = result.WasLiveAlready && work.Needs.Count == 0;
        if (result.WasLiveAlready) await WarnAsync(work, $"{account} is already live: there was nothing to restore.");
        if (result.Failure is { } failure)
            await WarnAsync(work, $"{account} is live, although Azure says that its restore failed: {failure}");
        if ((work.Live is null && !result.WasLiveAlready) || work.Needs.Count > 0)
            await WarnOfLostAsync(work, cancellationToken);
        return result.Account;
    }

    private async Task<(RestoreOutcome Result, bool HasEnded)> RestoreAsync(
        AccountWork work, CancellationToken cancellationToken) => await context.CompleteAsync(
        work.Live is { } live
            ? recovery.Operations.FollowRestore(live, context.Timeout, work)
            : await recovery.Operations.StartRestoreAsync(
                work.Account!, context.Timeout, work, IsWanted, cancellationToken),
        cancellationToken);

    private async Task WarnOfLostAsync(AccountWork work, CancellationToken cancellationToken)
    {
        IReadOnlyList<RestoreCheck> lost = await recovery.Prerequisites.FindLostAsync(
            work.Account!, wasBroughtBack: work.Needs.Count > 0,
            hasUnknown: scope.RestoresDependencies || work.Needs.Count > 0, looks: !skipsChecks || work.Needs.Count > 0,
            cancellationToken);
        if (lost.Count > 0)
            await WarnAsync(work, $"Account '{work.Name}' needs some work by hand. "
                + string.Join(" ", lost.Select(check => $"{check.Message} {check.RecommendedAction}".TrimEnd())));
    }

    private bool AskToFollow(AccountWork work, CognitiveAccount live)
    {
        if (ProvisioningState.IsUnderWay(live.ProvisioningState))
            return confirmation.ShouldFollow(live.Name, Participle, work.Output);
        string nothing = $"Restore nothing: account {AccountReference.Of(live)} is already live";
        return !confirmation.IsWhatIf || confirmation.ShouldProcess(nothing, nothing, Caption);
    }

    private bool IsWanted(DeletedCognitiveAccount account) =>
        context.Works.Any(work => work.Stage != WorkStage.Skipped && work.Input.IsOf(account));

    private Task WarnAsync(AccountWork work, string warning) =>
        context.WriteAsync(work, output => output.WriteWarning(warning));
}
