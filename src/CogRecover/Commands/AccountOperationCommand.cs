using System.Collections.Concurrent;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using CogRecover.Core.Operations;
using CogRecover.Formatting;
using CogRecover.Input;
using CogRecover.Pipeline;

namespace CogRecover.Commands;

/// <summary>
/// What restoring and purging share: one operation an account as they arrive, and an outcome for each.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AccountOperationCommand : BackgroundCommand
{
    // Apart from the look-ups: a question doesn't wait for an operation to end.
    private Slots? operations;
    private ConfirmImpact confirmPreference = ConfirmImpact.High;
    private Task lastPosed = Task.CompletedTask;

    // Named in several ways, it is still one account.
    private readonly ConcurrentDictionary<string, DeletedCognitiveAccount> found =
        new(StringComparer.OrdinalIgnoreCase);

    private protected AccountOperationCommand(string activity) : base(activity) { }

    /// <summary>How long to wait for each operation. One that takes longer goes on at the service.</summary>
    [Parameter]
    [ValidateDuration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Sends the request and doesn't wait for its end: writes the account with the state of its operation. Piped into
    /// the same command again, it is waited for.
    /// </summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>
    /// Looks, without writing, whether the operation can work. Several accounts are looked at at once.
    /// </summary>
    /// <returns>False if the account isn't soft-deleted any more, and doesn't have to be.</returns>
    /// <exception cref="RecoveryException">It can't work.</exception>
    private protected abstract Task<bool> PrepareAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken);

    /// <summary>Whether what was found is under way already, so that it isn't soft-deleted.</summary>
    private protected virtual bool IsUnderWay(DeletedCognitiveAccount account) => false;

    /// <summary>Refuses an account because of others of this command, on the pipeline thread; null if it doesn't.
    /// </summary>
    private protected virtual RecoveryException? Refuse(DeletedCognitiveAccount account) => null;

    /// <summary>Asks, or tells with <c>-WhatIf</c>, on the pipeline thread.</summary>
    private protected abstract bool Confirm(DeletedCognitiveAccount account);

    /// <summary>Does it.</summary>
    /// <returns>What to write; null for nothing.</returns>
    private protected abstract Task<object?> OperateAsync(
        DeletedCognitiveAccount account, IOperationObserver observer, CancellationToken cancellationToken);

    /// <summary>Tells whether what was wanted of an account that isn't soft-deleted is done already, and says so. Waits
    /// for what is under way.</summary>
    /// <exception cref="RecoveryException">It has failed, or another account lives there.</exception>
    private protected abstract Task<bool> IsDoneAlreadyAsync(AccountInput input, CancellationToken cancellationToken);

    /// <summary>The account in a sentence, for a question.</summary>
    private protected string Describe(DeletedCognitiveAccount account) =>
        $"account '{account.Name}' ({account.Kind ?? "unknown kind"}) in resource group '{account.ResourceGroupName}', "
        + $"location '{account.Location}'"
        + (account.SubscriptionId.Equals(ContextSubscriptionId, StringComparison.OrdinalIgnoreCase)
            ? ""
            : $", subscription {account.SubscriptionId}")
        + (account.DeletionDate is { } deleted ? $", deleted {AccountTable.Date(deleted)} UTC" : "");

    /// <summary>Whether a question is to be asked, as users know it from <c>-Confirm</c> and
    /// <c>$ConfirmPreference</c>.</summary>
    /// <param name="impact">How much hangs on the answer.</param>
    private protected bool IsConfirmationAsked(ConfirmImpact impact) =>
        confirmPreference != ConfirmImpact.None && impact >= confirmPreference;

    private protected bool IsConfirmGiven { get; private set; }

    private protected bool IsWhatIf { get; private set; }

    /// <summary>Says of what was begun before that it is waited for: there is nothing to ask.</summary>
    /// <returns>Whether it is: <c>-WhatIf</c> doesn't wait.</returns>
    private protected bool IsToBeWaitedFor(DeletedCognitiveAccount account, string what)
    {
        string wait = $"Wait for account '{account.Name}', which was being {what} when it was last seen";
        if (IsWhatIf) return ShouldProcess(wait, wait, wait);
        Output.WriteVerbose(wait + ".");
        return true;
    }

    private protected sealed override TimeSpan LongestThrottling => Timeout;

    private protected sealed override void Begin(AccountInput input)
    {
        if (operations is null) ReadPreferences();
        operations ??= new Slots(ThrottleLimit);
        Progress.Expect();
        var question = new Question(lastPosed);
        lastPosed = question.Posed;
        Start($"{input.Target}", question, cancellation => RunAsync(input, question, cancellation));
    }

    // Once, on the pipeline thread: no other may read variables.
    private void ReadPreferences()
    {
        IsWhatIf = MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? whatIf)
            ? LanguagePrimitives.IsTrue(whatIf)
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
        IsConfirmGiven = MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm);
        if (IsConfirmGiven)
            confirmPreference = LanguagePrimitives.IsTrue(confirm) ? ConfirmImpact.Low : ConfirmImpact.None;
        else if (GetVariableValue("ConfirmPreference") is { } preference)
            confirmPreference = LanguagePrimitives.ConvertTo<ConfirmImpact>(preference);
    }

    /// <returns>Whether the user wanted it.</returns>
    private async Task<bool> RunAsync(AccountInput input, Question question, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? account = null;
        RecoveryException? refusal = null;
        bool isThere = true;
        try
        {
            await LookUps.RunAsync(() => Recovery.LookWithinAsync(Timeout, $"{input.Target}", async limit =>
            {
                account = await FindAsync(input, limit).ConfigureAwait(false);
                if (!IsUnderWay(account)) input.RequireDeletion(account, Attempt);
                isThere = await PrepareAsync(account, limit).ConfigureAwait(false);
            }, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (!isThere && await IsDoneAlreadyAsync(input, cancellationToken).ConfigureAwait(false))
            {
                Progress.Skip();
                return true;
            }

            bool isWanted = await question.AskAsync(
                () => Pump.InvokeAsync(() => Ask(account!, out refusal)), cancellationToken).ConfigureAwait(false);
            if (refusal is not null) throw refusal;
            if (!isWanted)
            {
                Progress.Skip();
                return false;
            }

            question.End();
            await operations!.RunAsync(() => FinishAsync(input, account!, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            await FailAsync(input, account, failure, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    // A failure is told before the next account has its turn: with -ErrorAction Stop there is none.
    private async Task FinishAsync(
        AccountInput input, DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        try
        {
            Progress.Start(account);
            await TellJobAsync("Running").ConfigureAwait(false);
            object? result = await OperateAsync(account, Progress.Observe(account), cancellationToken)
                .ConfigureAwait(false);
            Progress.Succeed(account);
            await Pump.PostAsync(() =>
            {
                Progress.Show(account);
                if (result is not null) Output.WriteObject(result);
            }).ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            await FailAsync(input, account, failure, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Ask(DeletedCognitiveAccount account, out RecoveryException? refusal)
    {
        refusal = null;
        Progress.Know(account);
        if (!found.TryAdd(Key(account), account))
        {
            Output.WriteVerbose(NamedBefore(account));
            return false;
        }

        try
        {
            refusal = Refuse(account);
            return refusal is null && Confirm(account);
        }
        catch (Exception e) when (e is HostException or PSInvalidOperationException)
        {
            // Nobody is there to answer, as in a runbook.
            bool hasForce = MyInvocation.MyCommand.Parameters.ContainsKey("Force");
            ThrowTerminatingError(ErrorRecords.NobodyToAsk(e, account, hasForce));
            throw;
        }
    }

    private async Task FailAsync(
        AccountInput input, DeletedCognitiveAccount? account, RecoveryException failure,
        CancellationToken cancellationToken)
    {
        if (account is null && failure.ErrorId == RecoveryErrorId.DeletedAccountNotFound)
        {
            // It may be done by now.
            if (found.Values.FirstOrDefault(input.IsOf) is { } before)
            {
                Progress.Skip();
                await Pump.PostAsync(() => Output.WriteVerbose(NamedBefore(before))).ConfigureAwait(false);
                return;
            }

            try
            {
                if (await IsDoneAlreadyAsync(input, cancellationToken).ConfigureAwait(false))
                {
                    Progress.Skip();
                    return;
                }
            }
            catch (RecoveryException e) when (e.ErrorId is RecoveryErrorId.RestoreFailed
                or RecoveryErrorId.OperationTimedOut or RecoveryErrorId.AccountAlreadyExists)
            {
                failure = e;
            }
            catch (RecoveryException)
            {
                // That the account wasn't found is what the user has to know.
            }
        }

        if (account is null)
            failure = await WithSimilarAsync(input, failure, cancellationToken).ConfigureAwait(false);
        await Pump.InvokeAsync(() =>
        {
            Progress.Fail(account);
            WriteFailure(failure, account ?? input.Target);
            return true;
        }).ConfigureAwait(false);
    }

    // Two accounts of one name and group, in two regions or deleted at two times, are two accounts.
    private static string Key(DeletedCognitiveAccount account) =>
        string.Join("/", account.SubscriptionId, account.ResourceGroupName, account.Location, account.Name)
        + $" {account.DeletionDate:o}";

    private static string NamedBefore(DeletedCognitiveAccount account) =>
        $"Account '{account.Name}' was named in another way before.";
}
