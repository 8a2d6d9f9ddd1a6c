namespace CogRecover.Batch;

/// <summary>Purges accounts for good.</summary>
/// <param name="context">The command, what it works with, and how.</param>
/// <param name="isForced">Whether no question is asked unless <c>-Confirm</c> is given.</param>
/// <param name="passesThru">Whether each account is written that was purged.</param>
internal sealed class PurgeAction(BatchContext context, bool isForced, bool passesThru) : IAccountAction<PurgeOutcome>
{
    private const string Caption = "Permanently purge a soft-deleted account";

    private Confirmation Confirmation => context.Confirmation;

    public string Activity => "Purging accounts";

    public string Done => "purged";

    public bool Asks => Confirmation.IsWhatIf || IsAsked;

    private bool IsAsked => Confirmation.IsAsked(ConfirmImpact.High) && (!isForced || Confirmation.IsConfirmGiven);

    // Nothing under a resource id, or under a name in its group and location, means that it is purged. A name alone may
    // be misspelled.
    public async Task<bool> IsDoneAlreadyAsync(AccountWork work, CancellationToken cancellationToken)
    {
        if (!work.Input.IsExact) return false;
        AccountReference reference = work.Input.Reference();
        CognitiveAccount? live;
        try
        {
            live = await FindLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch (RecoveryException)
        {
            // What the user has to know is that no deleted account was found.
            return false;
        }

        if (live is not null)
        {
            await SayAsync(work, $"Nothing is soft-deleted as {LookupErrors.Describe(reference)}, and nothing was purged: an "
                + $"account of that name lives in resource group '{live.ResourceGroupName}' ({live.Location}).")
                .ConfigureAwait(false);
            return true;
        }

        DeletedCognitiveAccount[] similar = await context.Search.FindSimilarAsync(work.Input, cancellationToken)
            .ConfigureAwait(false);
        await SayAsync(work, LookupErrors.CountsAsPurged(reference, similar, context.CommandName)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Looks at what the user is about to be asked, or told, about. Otherwise the purge looks itself.</summary>
    public async Task<bool> LookAsync(AccountWork work, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount account = work.Account!;
        if (IsUnderWay(account) || !Asks) return true;
        DeletedCognitiveAccount? current = await context.Session.Recovery.Operations.VerifyBeforePurgeAsync(
            account, cancellationToken).ConfigureAwait(false);
        if (current is not null)
        {
            if (IsUnderWay(current)) work.Account = current;
            return true;
        }

        bool isGone = await IsGoneAsync(work, cancellationToken).ConfigureAwait(false);
        if (passesThru && isGone && !Confirmation.IsWhatIf)
            await context.WriteAsync(work, output => output.WriteObject(account)).ConfigureAwait(false);
        return false;
    }

    public bool Ask(AccountWork work)
    {
        DeletedCognitiveAccount account = work.Account!;
        if (IsUnderWay(account)) return Confirmation.ShouldFollow(account.Name, Done, work.Output);
        string purge = $"Permanently purge {AccountDescription.Of(account, context.Session.Context.SubscriptionId)}. "
            + AccountDescription.OfPurge(account);
        if (Confirmation.IsWhatIf) return Confirmation.ShouldProcess(purge, purge, Caption);
        if (!IsAsked)
        {
            work.Output.WriteVerbose(purge);
            return true;
        }

        // PowerShell's own question would take Enter for a yes.
        return work.WasConfirmed = Confirmation.ShouldContinue(purge + " Purge it?", Caption);
    }

    public async Task<OperationHandle<PurgeOutcome>> StartAsync(AccountWork work, CancellationToken cancellationToken) =>
        IsUnderWay(work.Account!)
            ? context.Session.Recovery.Operations.FollowPurge(work.Account!, context.Timeout, work)
            : await context.Session.Recovery.Operations.StartPurgeAsync(
                work.Account!, context.Timeout, work, cancellationToken).ConfigureAwait(false);

    public async Task<object?> ReportAsync(
        AccountWork work, PurgeOutcome result, bool hasEnded, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount account = work.Account!;
        if (!hasEnded) return result.Account;
        if (!result.WasThere)
            return await IsGoneAsync(work, cancellationToken).ConfigureAwait(false) && passesThru ? account : null;
        string done = IsUnderWay(account)
            ? $"The purge of account {AccountReference.Of(account)} has ended: it is gone for good."
            : AccountDescription.OfPurged(account);
        await context.WriteAsync(work, output => output.WriteInformation(done, work.WasConfirmed)).ConfigureAwait(false);
        return passesThru ? account : null;
    }

    private static bool IsUnderWay(DeletedCognitiveAccount account) =>
        ProvisioningState.IsDeleting(account.ProvisioningState);

    /// <summary>Says what became of an account that isn't soft-deleted any more: it was purged, or it lives.</summary>
    private async Task<bool> IsGoneAsync(AccountWork work, CancellationToken cancellationToken)
    {
        var reference = AccountReference.Of(work.Account!);
        CognitiveAccount? live = await FindLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        AccountMatch match = live is null ? AccountMatch.Another : AccountMatches.Compare(work.Account!, live);
        if (match != AccountMatch.Another)
        {
            await SayAsync(work, $"Account {reference} wasn't purged: " + (match == AccountMatch.Same
                ? "it lives, somebody has restored it."
                : "it isn't soft-deleted any more, and an account of that name lives. Nothing tells whether it is the "
                    + "same.")).ConfigureAwait(false);
            return false;
        }

        string gone = $"Account {reference} was gone already: nothing is soft-deleted under its name any more.";
        await context.WriteAsync(work, output =>
        {
            if (Confirmation.IsWhatIf) TellNothing(gone);
            else output.WriteInformation(gone, isShown: true);
        }).ConfigureAwait(false);
        return true;
    }

    private async Task<CognitiveAccount?> FindLiveAsync(
        AccountReference reference, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Session.Recovery.Accounts.FindLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.AuthorizationFailed)
        {
            // The service has said that nothing is deleted there. A caller who may only purge can't see what lives.
            return null;
        }
    }

    private Task SayAsync(AccountWork work, string warning) => context.WriteAsync(work, output =>
    {
        if (Confirmation.IsWhatIf) TellNothing(warning);
        else output.WriteWarning(warning);
    });

    private void TellNothing(string why) => Confirmation.ShouldProcess($"Purge nothing. {why}", why, Caption);
}
