using System.Management.Automation;
using CogRecover.Core;
using CogRecover.Core.Operations;

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
    /// <summary>Doesn't ask. <c>-WhatIf</c> still purges nothing, and <c>-Confirm</c> still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each account that was purged.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool IsConfirmAsked => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given)
        && LanguagePrimitives.IsTrue(given);

    private protected override bool Confirm(DeletedCognitiveAccount account)
    {
        if (AccountRecovery.IsBeingPurged(account)) return IsToBeWaitedFor(account, "purged");
        string purge = $"Permanently purge {Describe(account)}. Its keys, model deployments, quota and subdomain "
            + $"{Subdomain(account)}go with it, and it can't be restored any more";
        if (!Force || IsWhatIf || IsConfirmAsked)
            return ShouldProcess(purge + ".", purge + ". Purge it?", "Permanently purge a soft-deleted account");
        Output.WriteVerbose(purge + ".");
        return true;
    }

    private protected override async Task<object?> OperateAsync(
        DeletedCognitiveAccount account, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (AccountRecovery.IsBeingPurged(account))
        {
            if (NoWait) return account;
            observer.Accepted();
            await Recovery.WaitForPurgeAsync(account, Timeout, cancellationToken).ConfigureAwait(false);
            return PassThru ? account : null;
        }

        bool wasThere = await Recovery.PurgeAsync(
            account, Timeout, observer, waits: !NoWait, cancellationToken).ConfigureAwait(false);
        if (NoWait && AccountRecovery.IsBeingPurged(account)) return account;
        bool isGone = wasThere
            || await IsGoneAsync(AccountReference.Of(account), account, cancellationToken).ConfigureAwait(false);
        return PassThru && isGone ? account : null;
    }

    // Nothing under a resource id, or under a name in its group and location, means that it is purged. A name alone may
    // be misspelled.
    private protected override async Task<bool> IsDoneAlreadyAsync(
        AccountInput input, CancellationToken cancellationToken)
    {
        if (!input.IsExact || await IsElsewhereAsync(input.Reference(), cancellationToken).ConfigureAwait(false))
            return false;
        await IsGoneAsync(input.Reference(), null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether the account is soft-deleted in another region than the one that was given.</summary>
    private async Task<bool> IsElsewhereAsync(AccountReference account, CancellationToken cancellationToken)
    {
        if (account.Location is null) return false;
        try
        {
            await Recovery.FindDeletedAsync(account.InAnyLocation(), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RecoveryException e)
        {
            return e.ErrorId == RecoveryErrorId.AmbiguousAccount;
        }
    }

    /// <summary>Says what became of an account that isn't soft-deleted: it is purged, or it lives.</summary>
    private async Task<bool> IsGoneAsync(
        AccountReference account, DeletedCognitiveAccount? meant, CancellationToken cancellationToken)
    {
        bool lives = false;
        try
        {
            CognitiveAccount? live = await Recovery.FindLiveAsync(account, cancellationToken).ConfigureAwait(false);
            lives = live is not null && (meant is null || AccountRecovery.MayBeSame(meant, live));
        }
        catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.AuthorizationFailed)
        {
            // The service has said that nothing is deleted there. Who may only purge can't see what lives.
        }

        await Pump.PostAsync(() =>
        {
            if (lives) Output.WriteWarning($"Account {account} wasn't purged: it lives, somebody has restored it.");
            else Output.WriteVerbose($"Account {account} was gone already.");
        }).ConfigureAwait(false);
        return !lives;
    }

    private static string Subdomain(DeletedCognitiveAccount account) =>
        account.CustomSubDomainName is { } name ? $"'{name}' " : "";
}
