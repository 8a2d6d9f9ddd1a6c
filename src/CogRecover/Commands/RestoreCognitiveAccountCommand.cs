using System.Collections.Concurrent;
using System.Management.Automation;
using CogRecover.Core;
using CogRecover.Core.Operations;

namespace CogRecover.Commands;

/// <summary>
/// Restores soft-deleted Azure Cognitive Services accounts with their keys, endpoints, deployments and identities, and
/// writes the live accounts.
/// </summary>
[Cmdlet(VerbsData.Restore, "CognitiveAccount", DefaultParameterSetName = NameSet, SupportsShouldProcess = true,
    HelpUri = OnlineHelp)]
[OutputType(typeof(CognitiveAccount))]
public sealed class RestoreCognitiveAccountCommand() : AccountOperationCommand("Restoring accounts")
{
    // What is being restored already, and how it lives.
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, CognitiveAccount> begun = new();

    // The groups that are gone: whether the user wants each created, asked once, and its creation, made once.
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, string> missingGroups = new();
    private readonly Dictionary<string, bool> groupAnswers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Lazy<Task<RecoveryException?>>> groupCreations =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Creates an account's resource group, in the account's location, where it is gone. A group can't be created for
    /// an
    /// account that is in no region (<c>global</c>).
    /// </summary>
    [Parameter]
    public SwitchParameter CreateResourceGroup { get; set; }

    /// <summary>Goes straight to the restore, without a look at what it needs.</summary>
    [Parameter]
    public SwitchParameter SkipPrerequisiteCheck { get; set; }

    /// <summary>Finds what is being restored already too: what <c>-NoWait</c> wrote is waited for.</summary>
    private protected override async Task<DeletedCognitiveAccount> FindAsync(
        AccountInput input, CancellationToken cancellationToken)
    {
        try
        {
            return await base.FindAsync(input, cancellationToken).ConfigureAwait(false);
        }
        catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.DeletedAccountNotFound && input.Account is null)
        {
            if (await FindBegunAsync(input, cancellationToken).ConfigureAwait(false) is not { } live) throw;
            DeletedCognitiveAccount account = AccountRecovery.AsDeleted(live);
            begun[account] = live;
            return account;
        }
    }

    private protected override async Task PrepareAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        if (begun.ContainsKey(account)) return;
        if (SkipPrerequisiteCheck && !CreateResourceGroup) return;
        IReadOnlyList<RestoreCheck> checks = await LookAsync(account, cancellationToken).ConfigureAwait(false);
        RestoreCheck[] failed = [.. checks.Where(check => check.Status == RestoreCheckStatus.Failed)];
        if (CreateResourceGroup && account.Location != Region.Global
            && failed.Any(check => check.ErrorId == RecoveryErrorId.ResourceGroupNotFound))
        {
            missingGroups[account] = $"{account.SubscriptionId}/{account.ResourceGroupName}";
            failed = [.. failed.Where(check => check.ErrorId != RecoveryErrorId.ResourceGroupNotFound)];
        }

        if (failed.Length > 0) throw RecoveryErrors.PrerequisitesFailed(account, failed);
        foreach (RestoreCheck warning in checks.Where(check => check.ErrorId == RecoveryErrorId.SubnetMissing))
            await Pump.PostAsync(() => Output.WriteWarning($"Account '{account.Name}': {warning.Message}"))
                .ConfigureAwait(false);
    }

    private protected override bool Confirm(DeletedCognitiveAccount account) => begun.ContainsKey(account)
        ? IsToBeWaitedFor(account, "restored")
        : ConfirmGroup(account) && ShouldProcess(
            $"Restore {Describe(account)}",
            $"Restore {Describe(account)}?",
            "Restore a soft-deleted account");

    private protected override async Task<object?> OperateAsync(
        DeletedCognitiveAccount account, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (begun.TryGetValue(account, out CognitiveAccount? live))
        {
            observer.Accepted();
            return NoWait
                ? live
                : await Recovery.WaitForRestoreAsync(live, Timeout, cancellationToken).ConfigureAwait(false);
        }

        if (missingGroups.TryGetValue(account, out string? group))
        {
            RecoveryException? failure = await groupCreations.GetOrAdd(
                group, _ => new(() => Recovery.CreateResourceGroupAsync(account, Timeout, cancellationToken)))
                .Value.ConfigureAwait(false);
            if (failure is not null) throw RecoveryErrors.GroupNotCreated(account, failure);
        }

        RestoreOutcome outcome = await Recovery.RestoreAsync(
            account, Timeout, observer, waits: !NoWait, cancellationToken).ConfigureAwait(false);
        if (outcome.WasLiveAlready) await WarnAsync(outcome.Account).ConfigureAwait(false);
        return outcome.Account;
    }

    private protected override async Task<bool> IsDoneAlreadyAsync(
        AccountInput input, CancellationToken cancellationToken)
    {
        CognitiveAccount? live = await Recovery.FindLiveAsync(input.Reference(), cancellationToken)
            .ConfigureAwait(false);
        if (live is null) return false;

        // A restore that has failed meanwhile is a failure, and no live account.
        live = await Recovery.WaitForRestoreAsync(live, Timeout, cancellationToken).ConfigureAwait(false);
        await WarnAsync(live).ConfigureAwait(false);
        await Pump.PostAsync(() => Output.WriteObject(live)).ConfigureAwait(false);
        return true;
    }

    private async Task<CognitiveAccount?> FindBegunAsync(AccountInput input, CancellationToken cancellationToken)
    {
        try
        {
            CognitiveAccount? live = await Recovery.FindLiveAsync(input.Reference(), cancellationToken)
                .ConfigureAwait(false);
            return live is not null && AccountRecovery.IsBeingRestored(live) ? live : null;
        }
        catch (RecoveryException)
        {
            // That the account wasn't found is what the user has to know.
            return null;
        }
    }

    private async Task<IReadOnlyList<RestoreCheck>> LookAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken) => SkipPrerequisiteCheck
        ? [await Recovery.TestResourceGroupAsync(account, cancellationToken).ConfigureAwait(false)]
        : (await Recovery.TestRestoreAsync(account, cancellationToken).ConfigureAwait(false)).Checks;

    private bool ConfirmGroup(DeletedCognitiveAccount account)
    {
        if (!missingGroups.TryGetValue(account, out string? group)) return true;
        if (groupAnswers.TryGetValue(group, out bool answer)) return answer;
        string create = $"Create resource group '{account.ResourceGroupName}' in location '{account.Location}'";
        bool wanted = ShouldProcess(create, create + "?", "Create a resource group", out ShouldProcessReason reason);
        return groupAnswers[group] = wanted || reason == ShouldProcessReason.WhatIf;
    }

    private Task WarnAsync(CognitiveAccount live) => Pump.PostAsync(() => Output.WriteWarning(
        $"Account '{live.Name}' in resource group '{live.ResourceGroupName}' lives already: it was restored "
        + "before, or never deleted."));
}
