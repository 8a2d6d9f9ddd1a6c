using System.Collections.Concurrent;
using System.Management.Automation;
using CogRecover.Core;
using CogRecover.Core.Errors;
using CogRecover.Core.Operations;
using CogRecover.Core.References;
using CogRecover.Input;

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
    // What lives already, or is being restored.
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, CognitiveAccount> begun = new();

    // By the id that accounts have while they live, which only one of a name and group can have.
    private readonly Dictionary<string, DeletedCognitiveAccount> taken = new(StringComparer.OrdinalIgnoreCase);

    // The groups that are gone: whether the user wants each created, asked once, and its creation, made once.
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, string> missingGroups = new();
    private readonly Dictionary<string, bool> groupAnswers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Lazy<Task<RecoveryException?>>> groupCreations =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Creates an account's resource group, in the account's location, where it is gone. A group can't be created for
    /// an account that is in no region (<c>global</c>).
    /// </summary>
    [Parameter]
    public SwitchParameter CreateResourceGroup { get; set; }

    /// <summary>Goes straight to the restore, without a look at what it needs.</summary>
    [Parameter]
    public SwitchParameter SkipPrerequisiteCheck { get; set; }

    private protected override string Attempt => "restored";

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

    private protected override async Task<bool> PrepareAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        if (begun.ContainsKey(account)) return true;
        if (SkipPrerequisiteCheck && !CreateResourceGroup) return true;
        IReadOnlyList<RestoreCheck> checks = await LookAsync(account, cancellationToken).ConfigureAwait(false);
        if (begun.ContainsKey(account)) return true;
        RestoreCheck[] failed = [.. checks.Where(check => check.Status == RestoreCheckStatus.Failed)];
        if (CreateResourceGroup && account.Location != Region.Global
            && failed.Any(check => check.ErrorId == RecoveryErrorId.ResourceGroupNotFound))
        {
            missingGroups[account] = GroupKey(account);
            failed = [.. failed.Where(check => check.ErrorId != RecoveryErrorId.ResourceGroupNotFound)];
        }

        if (failed.Length > 0) throw RecoveryErrors.PrerequisitesFailed(account, failed);
        foreach (RestoreCheck warning in checks.Where(check => check.ErrorId == RecoveryErrorId.SubnetMissing))
            await Pump.PostAsync(() => Output.WriteWarning($"Account '{account.Name}': {warning.Message}"))
                .ConfigureAwait(false);
        return true;
    }

    private protected override bool IsUnderWay(DeletedCognitiveAccount account) => begun.ContainsKey(account);

    private protected override RecoveryException? Refuse(DeletedCognitiveAccount account) =>
        taken.TryGetValue(account.AccountId, out DeletedCognitiveAccount? other)
            ? RecoveryErrors.NameIsTaken(account, other)
            : null;

    private protected override bool Confirm(DeletedCognitiveAccount account)
    {
        if (begun.TryGetValue(account, out CognitiveAccount? live))
        {
            if (AccountRecovery.IsBeingRestored(live)) return IsToBeWaitedFor(account, "restored");
            string nothing = $"Restore nothing: account '{live.Name}' in resource group '{live.ResourceGroupName}' lives "
                + "already";
            return !IsWhatIf || ShouldProcess(nothing, nothing, "Restore a soft-deleted account");
        }

        bool isWanted = ConfirmGroup(account) && ShouldProcess(
            $"Restore {Describe(account)}",
            $"Restore {Describe(account)}?",
            "Restore a soft-deleted account");
        if (isWanted || IsWhatIf) taken[account.AccountId] = account;
        return isWanted;
    }

    private protected override async Task<object?> OperateAsync(
        DeletedCognitiveAccount account, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (begun.TryGetValue(account, out CognitiveAccount? live))
        {
            bool isUnderWay = AccountRecovery.IsBeingRestored(live);
            if (isUnderWay) observer.Accepted();
            if (!NoWait)
                live = await Recovery.WaitForRestoreAsync(live, Timeout, cancellationToken).ConfigureAwait(false);
            if (!isUnderWay) await WarnAsync(live).ConfigureAwait(false);
            return live;
        }

        if (missingGroups.ContainsKey(account)) await CreateGroupAsync(account, cancellationToken).ConfigureAwait(false);
        RestoreOutcome outcome = await RestoreAsync(account, observer, cancellationToken).ConfigureAwait(false);
        if (outcome.WasLiveAlready) await WarnAsync(outcome.Account).ConfigureAwait(false);
        return outcome.Account;
    }

    private protected override async Task<bool> IsDoneAlreadyAsync(
        AccountInput input, CancellationToken cancellationToken)
    {
        CognitiveAccount? live = await Recovery.FindLiveAsync(input.Reference(), cancellationToken)
            .ConfigureAwait(false);
        if (live is null) return false;
        if (IsAnother(input, live)) throw RecoveryErrors.AlreadyExists(input.Reference());

        // A restore that has failed meanwhile is a failure, and no live account.
        live = await Recovery.WaitForRestoreAsync(live, Timeout, cancellationToken).ConfigureAwait(false);
        await WarnAsync(live).ConfigureAwait(false);
        await Pump.PostAsync(() => Output.WriteObject(live)).ConfigureAwait(false);
        return true;
    }

    // A restore brings an account back where it was, and with the date of its creation.
    private static bool IsAnother(AccountInput input, CognitiveAccount live) =>
        (input.Reference().Location is { } location
            && !location.Equals(live.Location, StringComparison.OrdinalIgnoreCase))
        || (AccountRecovery.DateCreated(live) is { } created && input.Deletion?.IsBefore(created) == true);

    private async Task<RestoreOutcome> RestoreAsync(
        DeletedCognitiveAccount account, IOperationObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return await Recovery.RestoreAsync(account, Timeout, observer, waits: !NoWait, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.ResourceGroupNotFound && CreateResourceGroup
            && account.Location != Region.Global && missingGroups.TryAdd(account, GroupKey(account)))
        {
            // It was there when it was looked for: its own deletion has ended since.
            bool isWanted = await Pump.InvokeAsync(() => GoesOn
                ? !IsConfirmationAsked(ConfirmImpact.Medium)
                : ConfirmGroup(account)).ConfigureAwait(false);
            if (!isWanted) throw;
        }

        await CreateGroupAsync(account, cancellationToken).ConfigureAwait(false);
        return await Recovery.RestoreAsync(account, Timeout, observer, waits: !NoWait, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task CreateGroupAsync(DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        await Recovery.RequireDeletedAsync(account, cancellationToken).ConfigureAwait(false);
        RecoveryException? failure = await groupCreations.GetOrAdd(
            GroupKey(account), _ => new(() => Recovery.CreateResourceGroupAsync(account, Timeout, cancellationToken)))
            .Value.ConfigureAwait(false);
        if (failure is not null) throw RecoveryErrors.GroupNotCreated(account, failure);
    }

    private static string GroupKey(DeletedCognitiveAccount account) =>
        $"{account.SubscriptionId}/{account.ResourceGroupName}";

    private async Task<CognitiveAccount?> FindBegunAsync(AccountInput input, CancellationToken cancellationToken)
    {
        try
        {
            CognitiveAccount? live = await Recovery.FindLiveAsync(input.Reference(), cancellationToken)
                .ConfigureAwait(false);
            return live is not null && AccountRecovery.IsBeingRestored(live) && !IsAnother(input, live) ? live : null;
        }
        catch (RecoveryException)
        {
            // That the account wasn't found is what the user has to know.
            return null;
        }
    }

    private async Task<IReadOnlyList<RestoreCheck>> LookAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        if (SkipPrerequisiteCheck)
            return [await Recovery.TestResourceGroupAsync(account, cancellationToken).ConfigureAwait(false)];
        (RestoreTestResult result, CognitiveAccount? live) = await Recovery.TestRestoreAsync(
            account, cancellationToken).ConfigureAwait(false);
        if (live is not null) begun[account] = live;
        return result.Checks;
    }

    private bool ConfirmGroup(DeletedCognitiveAccount account)
    {
        if (!missingGroups.TryGetValue(account, out string? group)) return true;
        if (groupAnswers.TryGetValue(group, out bool answer)) return answer;
        string create = $"Create resource group '{account.ResourceGroupName}' in location '{account.Location}'";
        bool wanted = ShouldProcess(create, create + "?", "Create a resource group", out ShouldProcessReason reason);
        return groupAnswers[group] = wanted || reason == ShouldProcessReason.WhatIf;
    }

    private Task WarnAsync(CognitiveAccount live) => Pump.PostAsync(() => Output.WriteWarning(
        $"Account '{live.Name}' in resource group '{live.ResourceGroupName}' lives already: there was nothing to "
        + "restore."));
}
