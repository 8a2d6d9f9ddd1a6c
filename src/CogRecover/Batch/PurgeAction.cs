namespace CogRecover.Batch;

/// <summary>Purges accounts for good.</summary>
/// <param name="isForced">Whether no question is asked unless <c>-Confirm</c> is given.</param>
/// <param name="passesThru">Whether each account is written that was purged.</param>
internal sealed class PurgeAction(BatchContext context, bool isForced, bool passesThru) : IAccountAction<PurgeOutcome>
{
    private const string Caption = "Permanently purge a soft-deleted account";

    private readonly Confirmation confirmation = context.Confirmation;
    private readonly AccountRecovery recovery = context.Session.Recovery;

    public string Activity => "Purging accounts";
    public string Participle => "purged";
    public IEnumerable<string> Unfinished => [];
    public bool Asks => confirmation.IsWhatIf || IsAsked;
    private bool IsAsked => confirmation.IsAsked(ConfirmImpact.High) && (!isForced || confirmation.IsConfirmGiven);

    // Nothing under a resource id, or under a name in its group and location, means that it is purged. A name alone may
    // be misspelled.
    public async Task<bool> IsDoneAlreadyAsync(AccountWork work, CancellationToken cancellationToken)
    {
        if (!work.Input.IsExact) return false;
        AccountReference reference = work.Input.Reference();
        (bool isKnown, CognitiveAccount? live) = await context.Search.TryFindLiveAsync(reference, cancellationToken);
        if (!isKnown) return false;
        await SayAsync(work, live is null
            ? LookupErrors.NothingToPurge(
                reference, await context.Search.FindSimilarAsync(work.Input, cancellationToken), context.CommandName)
            : $"No soft-deleted account {LookupErrors.Describe(reference)} was found, so there is nothing to purge. An "
                + $"account of that name is live in resource group '{live.ResourceGroupName}' ({live.Location}).");
        return true;
    }

    // Checks the account that the user is about to be asked about, or told about. Otherwise the purge checks it itself.
    public async Task<bool> LookAsync(AccountWork work, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount account = work.Account!;
        if (IsUnderWay(account) || !Asks) return true;
        DeletedCognitiveAccount? current = await recovery.Operations.VerifyBeforePurgeAsync(account, cancellationToken);
        if (current is not null)
        {
            if (IsUnderWay(current)) work.Account = current;
            return true;
        }

        bool isGone = await IsGoneAsync(work, cancellationToken);
        if (passesThru && isGone && !confirmation.IsWhatIf)
            await context.WriteAsync(work, output => output.WriteObject(account));
        return false;
    }

    public bool Ask(AccountWork work)
    {
        DeletedCognitiveAccount account = work.Account!;
        if (IsUnderWay(account)) return confirmation.ShouldFollow(account.Name, Participle, work.Output);
        string purge = $"Permanently purge {AccountDescription.Of(account, context.Session.Context.SubscriptionId)}. "
            + AccountDescription.OfPurge(account);
        if (confirmation.IsWhatIf) return confirmation.ShouldProcess(purge, purge, Caption);

        // PowerShell's own question would take Enter for a yes.
        if (IsAsked) return work.WasConfirmed = confirmation.ShouldContinue(purge + " Purge it?", Caption);
        work.Output.WriteVerbose(purge);
        return true;
    }

    public async Task<(PurgeOutcome Result, bool HasEnded)> OperateAsync(
        AccountWork work, CancellationToken cancellationToken) => await context.CompleteAsync(
        IsUnderWay(work.Account!)
            ? recovery.Operations.FollowPurge(work.Account!, context.Timeout, work)
            : await recovery.Operations.StartPurgeAsync(work.Account!, context.Timeout, work, cancellationToken),
        cancellationToken);

    public async Task<object?> ReportAsync(
        AccountWork work, PurgeOutcome result, bool hasEnded, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount account = work.Account!;
        if (!hasEnded) return result.Account;
        bool isGone = result.Existed || await IsGoneAsync(work, cancellationToken);
        if (!isGone) work.Stage = WorkStage.Skipped;
        work.HadNothingToDo = !result.Existed;
        string done = IsUnderWay(account)
            ? $"The purge of account {AccountReference.Of(account)} has ended: it is gone for good."
            : AccountDescription.OfPurged(account);
        if (result.Existed) await context.WriteAsync(work, output => output.WriteInformation(done, work.WasConfirmed));
        return isGone && passesThru ? account : null;
    }

    private static bool IsUnderWay(DeletedCognitiveAccount account) =>
        ProvisioningState.IsDeleting(account.ProvisioningState);

    /// <summary>Says what became of an account that isn't soft-deleted any more: it was purged, or it lives.</summary>
    /// <returns>Whether it is gone, as far as the caller may see.</returns>
    private async Task<bool> IsGoneAsync(AccountWork work, CancellationToken cancellationToken)
    {
        var reference = AccountReference.Of(work.Account!);
        (bool isVisible, CognitiveAccount? live) = await context.Search.FindLiveAsync(reference, cancellationToken);
        AccountMatch match = live is null ? AccountMatch.Another : AccountMatches.Compare(work.Account!, live);
        if (match == AccountMatch.Another)
            await SayAsync(work, isVisible
                ? $"Account {reference} was already gone: it isn't soft-deleted any more."
                : $"Account {reference} isn't soft-deleted any more, and is treated as purged. You aren't allowed to "
                    + "see whether it was restored.", isWarning: false);
        else
            await SayAsync(work, $"Account {reference} wasn't purged: " + (match == AccountMatch.Same
                ? "somebody has restored it, and it is live."
                : "it isn't soft-deleted any more, and an account of that name is live. It isn't known whether it is "
                    + "the same account."));
        return match == AccountMatch.Another;
    }

    private Task SayAsync(AccountWork work, string text, bool isWarning = true) => context.WriteAsync(work, output =>
    {
        if (confirmation.IsWhatIf) confirmation.ShouldProcess($"Purge nothing. {text}", text, Caption);
        else if (isWarning) output.WriteWarning(text);
        else output.WriteInformation(text, isShown: true);
    });
}
