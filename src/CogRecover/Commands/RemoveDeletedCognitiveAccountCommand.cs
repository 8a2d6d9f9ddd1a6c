using System.Collections.Concurrent;
using System.Management.Automation;
using CogRecover.Core;
using CogRecover.Core.Errors;
using CogRecover.Core.Operations;
using CogRecover.Core.References;
using CogRecover.Formatting;
using CogRecover.Input;

namespace CogRecover.Commands;

/// <summary>
/// Purges soft-deleted Azure Cognitive Services accounts for good, which frees their names, subdomains and quota. This
/// can't be undone.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "DeletedCognitiveAccount", DefaultParameterSetName = NameSet,
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = OnlineHelp)]
[OutputType(typeof(DeletedCognitiveAccount))]
public sealed class RemoveDeletedCognitiveAccountCommand() : AccountOperationCommand("Purging accounts")
{
    private const string NothingToPurge = "Purge nothing. ";

    private const string Caption = "Permanently purge a soft-deleted account";

    // What the user has said yes to, and is told of.
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, byte> confirmed = new();
    private bool yesToAll;
    private bool noToAll;

    /// <summary>Doesn't ask. <c>-WhatIf</c> still purges nothing, and <c>-Confirm</c> still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each account that was purged.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Attempt => "purged";

    private bool IsAsked => IsConfirmationAsked(ConfirmImpact.High)
        && (!Force || IsConfirmGiven);

    /// <summary>Looks at what the user is about to be asked, or told, about. Otherwise the purge looks itself.</summary>
    private protected override async Task<bool> PrepareAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        if (AccountRecovery.IsBeingPurged(account) || (!IsAsked && !IsWhatIf)) return true;
        DeletedCognitiveAccount? current = await Recovery.LookBeforePurgeAsync(account, cancellationToken)
            .ConfigureAwait(false);
        if (current is not null && AccountRecovery.IsBeingPurged(current))
            AccountRecovery.MarkAsBeingPurged(account);
        return current is not null;
    }

    private protected override bool Confirm(DeletedCognitiveAccount account)
    {
        if (AccountRecovery.IsBeingPurged(account)) return IsToBeWaitedFor(account, "purged");
        string purge = $"Permanently purge {Describe(account)}. {PurgeDescription.Of(account)}";
        if (IsWhatIf) return ShouldProcess(purge, purge, Caption);
        if (!IsAsked)
        {
            Output.WriteVerbose(purge);
            return true;
        }

        // PowerShell's own question would take Enter for a yes.
        bool isWanted = ShouldContinue(
            purge + " Purge it?", Caption, hasSecurityImpact: true, ref yesToAll, ref noToAll);
        if (isWanted) confirmed[account] = default;
        return isWanted;
    }

    private protected override async Task<object?> OperateAsync(
        DeletedCognitiveAccount account, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (AccountRecovery.IsBeingPurged(account))
        {
            if (NoWait) return account;
            observer.Accepted();
            await Recovery.WaitForPurgeAsync(account, Timeout, cancellationToken).ConfigureAwait(false);
            await Pump.PostAsync(() => Output.WriteInformation(
                $"The purge of account {AccountReference.Of(account)} has ended: it is gone for good.", isShown: false))
                .ConfigureAwait(false);
            return PassThru ? account : null;
        }

        bool wasThere = await Recovery.PurgeAsync(account, Timeout, observer, waits: !NoWait, cancellationToken)
            .ConfigureAwait(false);
        if (NoWait && AccountRecovery.IsBeingPurged(account)) return account;
        if (!wasThere)
        {
            bool isGone = await IsGoneAsync(account, cancellationToken).ConfigureAwait(false);
            return PassThru && isGone ? account : null;
        }

        await Pump.PostAsync(() => Output.WriteInformation(
            PurgeDescription.Done(account), isShown: confirmed.ContainsKey(account))).ConfigureAwait(false);
        return PassThru ? account : null;
    }

    // Nothing under a resource id, or under a name in its group and location, means that it is purged. A name alone may
    // be misspelled.
    private protected override async Task<bool> IsDoneAlreadyAsync(
        AccountInput input, CancellationToken cancellationToken)
    {
        if (input.Account is { } account)
        {
            bool isGone = await IsGoneAsync(account, cancellationToken).ConfigureAwait(false);
            if (PassThru && isGone && !IsWhatIf)
                await Pump.PostAsync(() => Output.WriteObject(account)).ConfigureAwait(false);
            return true;
        }

        if (!input.IsExact) return false;
        AccountReference reference = input.Reference();
        if (await FindLiveAsync(reference, cancellationToken).ConfigureAwait(false) is { } live)
        {
            await SayAsync($"Nothing is soft-deleted as {RecoveryErrors.Describe(reference)}, and nothing was purged: an "
                + $"account of that name lives in resource group '{live.ResourceGroupName}' ({live.Location}).")
                .ConfigureAwait(false);
            return true;
        }

        DeletedCognitiveAccount[] similar = await FindSimilarAsync(input, cancellationToken).ConfigureAwait(false);
        await SayAsync(RecoveryErrors.CountsAsPurged(reference, similar, MyInvocation.MyCommand.Name))
            .ConfigureAwait(false);
        return true;
    }

    /// <summary>Says what became of an account that was listed and isn't soft-deleted: it is purged, or it lives.
    /// </summary>
    private async Task<bool> IsGoneAsync(DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        var reference = AccountReference.Of(account);
        CognitiveAccount? live = await FindLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        if (live is not null && AccountRecovery.AreSame(account, live) is not false and var isSame)
        {
            await SayAsync($"Account {reference} wasn't purged: " + (isSame == true
                ? "it lives, somebody has restored it."
                : "it isn't soft-deleted any more, and an account of that name lives. Nothing tells whether it is the "
                    + "same.")).ConfigureAwait(false);
            return false;
        }

        string gone = $"Account {reference} was gone already: nothing is soft-deleted under its name any more.";
        await Pump.PostAsync(() =>
        {
            if (IsWhatIf) ShouldProcess(NothingToPurge + gone, gone, Caption);
            else Output.WriteInformation(gone, isShown: true);
        }).ConfigureAwait(false);
        return true;
    }

    private async Task<CognitiveAccount?> FindLiveAsync(
        AccountReference reference, CancellationToken cancellationToken)
    {
        try
        {
            return await Recovery.FindLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.AuthorizationFailed)
        {
            // The service has said that nothing is deleted there. Who may only purge can't see what lives.
            return null;
        }
    }

    private Task SayAsync(string warning) => Pump.PostAsync(() =>
    {
        if (IsWhatIf) ShouldProcess(NothingToPurge + warning, warning, Caption);
        else Output.WriteWarning(warning);
    });
}
