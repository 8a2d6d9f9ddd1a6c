using System.Collections.Concurrent;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using CogRecover.Completion;
using CogRecover.Core.Operations;
using CogRecover.Formatting;
using CogRecover.Jobs;
using CogRecover.Pipeline;

namespace CogRecover.Commands;

/// <summary>
/// What restoring and purging share: one operation an account as they arrive, and an outcome for each.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AccountOperationCommand : AccountCommand
{
    private readonly OperationProgress progress;

    // Apart from the look-ups: a question doesn't wait for an operation to end.
    private Slots? operations;

    private readonly List<Task> questions = [];
    private Task lastPosed = Task.CompletedTask;

    // Named in several ways, it is still one account.
    private readonly ConcurrentDictionary<string, DeletedCognitiveAccount> found =
        new(StringComparer.OrdinalIgnoreCase);

    private BackgroundOperations? job;

    private protected AccountOperationCommand(string activity) => progress = new OperationProgress(activity);

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
    /// Runs the operations as a job, with a child for each account. Accounts are looked up, and questions asked, before
    /// it begins.
    /// </summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Waits for all operations, or leaves them to a job.</summary>
    protected sealed override void EndProcessing()
    {
        if (job is null)
        {
            Finish();
            return;
        }

        Pump.RunUntil(Task.WhenAll(questions));
        if (Pump.IsStopping || !job.HasAccounts)
        {
            Finish();
            return;
        }

        JobRepository.Add(job.Job);
        job.TakeOver(Finish, () => Accepted);
        WriteObject(job.Job);
    }

    private void Finish()
    {
        base.EndProcessing();
        RememberedAccounts.Forget(ContextKey);
        Output.WriteProgress(progress.Completed());
        if (progress.Summary is { } summary) Output.WriteVerbose(summary);
    }

    /// <summary>
    /// Looks, without writing, whether the operation can work. Several accounts are looked at at once.
    /// </summary>
    /// <exception cref="RecoveryException">It can't.</exception>
    private protected virtual Task PrepareAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Asks, or tells with <c>-WhatIf</c>, on the pipeline thread.</summary>
    private protected abstract bool Confirm(DeletedCognitiveAccount account);

    /// <summary>Does it.</summary>
    /// <returns>What to write; null for nothing.</returns>
    private protected abstract Task<object?> OperateAsync(
        DeletedCognitiveAccount account, IOperationObserver observer, CancellationToken cancellationToken);

    /// <summary>Tells whether what was wanted of an account that isn't soft-deleted is done already, and says so.
    /// </summary>
    private protected abstract Task<bool> IsDoneAlreadyAsync(AccountInput input, CancellationToken cancellationToken);

    /// <summary>The account in a sentence, for a question.</summary>
    private protected static string Describe(DeletedCognitiveAccount account) =>
        $"account '{account.Name}' ({account.Kind ?? "unknown kind"}) in resource group '{account.ResourceGroupName}'"
        + (account.DeletionDate is { } deleted ? $", deleted {AccountTable.Date(deleted)} UTC" : "");

    private protected sealed override TimeSpan LongestThrottling => Timeout;

    private protected sealed override void ShowProgress() => Output.WriteProgress(progress.Report(ThrottleStatus));

    private protected sealed override bool MayGoOn => AsJob;

    private protected sealed override bool GoesOn => job?.Job.IsHandedOver == true;

    private protected sealed override ICommandOutput Output => job?.Output ?? base.Output;

    private protected sealed override void OnStopped()
    {
        // The pipeline takes no more output then, but the user has to know what goes on without them.
        if (Accepted is { } said) Host?.UI?.WriteWarningLine(said);
    }

    /// <summary>What Azure goes on with when the command is stopped; null for nothing.</summary>
    private string? Accepted =>
        progress.Unfinished is { } said ? $"{MyInvocation.MyCommand.Name} was stopped. {said}" : null;

    private protected sealed override void Begin(AccountInput input)
    {
        operations ??= new Slots(ThrottleLimit);
        if (AsJob && job is null) job = new BackgroundOperations(this, base.Output, Pump);
        progress.Expect();
        var question = new Question(lastPosed);
        lastPosed = question.Posed;
        questions.Add(question.Answered);
        Pump.Start(async cancellation =>
        {
            AccountJob? child = job?.Begin($"{input.Target}");
            bool isWanted = await RunAsync(input, question, cancellation).ConfigureAwait(false);
            if (child is not null) await Pump.PostAsync(() => job!.End(child, isWanted)).ConfigureAwait(false);
        });
    }

    /// <returns>Whether the user wanted it.</returns>
    private async Task<bool> RunAsync(AccountInput input, Question question, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? account = null;
        try
        {
            await LookUps.RunAsync(() => Recovery.LookWithinAsync(Timeout, $"{input.Target}", async limit =>
            {
                account = await FindAsync(input, limit).ConfigureAwait(false);
                await PrepareAsync(account, limit).ConfigureAwait(false);
            }, cancellationToken), cancellationToken).ConfigureAwait(false);
            bool isWanted = await question.AskAsync(() => Pump.InvokeAsync(() => Ask(account!)), cancellationToken)
                .ConfigureAwait(false);
            question.End();
            if (!isWanted)
            {
                progress.Skip();
                return false;
            }

            object? result = await operations!.RunAsync(
                () => OperateAsync(account!, cancellationToken), cancellationToken).ConfigureAwait(false);
            await Pump.PostAsync(() => WriteOutcome(account!, result)).ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            await FailAsync(input, account, failure, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            question.End();
        }

        return true;
    }

    private bool Ask(DeletedCognitiveAccount account)
    {
        if (!found.TryAdd(account.AccountId, account))
        {
            Output.WriteVerbose(NamedBefore(account));
            return false;
        }

        try
        {
            return Confirm(account);
        }
        catch (Exception e) when (e is HostException or PSInvalidOperationException)
        {
            // Nobody is there to answer, as in a runbook.
            bool hasForce = MyInvocation.MyCommand.Parameters.ContainsKey("Force");
            ThrowTerminatingError(ErrorRecords.NobodyToAsk(e, account, hasForce));
            throw;
        }
    }

    private async Task<object?> OperateAsync(DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        progress.Start(account);
        object? result = await OperateAsync(account, progress.Observe(account), cancellationToken)
            .ConfigureAwait(false);
        progress.Succeed(account);
        return result;
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
                progress.Skip();
                await Pump.PostAsync(() => Output.WriteVerbose(NamedBefore(before))).ConfigureAwait(false);
                return;
            }

            try
            {
                if (await IsDoneAlreadyAsync(input, cancellationToken).ConfigureAwait(false))
                {
                    progress.Skip();
                    return;
                }
            }
            catch (RecoveryException e) when (e.ErrorId is RecoveryErrorId.RestoreFailed
                or RecoveryErrorId.OperationTimedOut)
            {
                failure = e;
            }
            catch (RecoveryException)
            {
                // That the account wasn't found is what the user has to know.
            }
        }

        progress.Fail(account);
        await Pump.PostAsync(() =>
        {
            if (account is not null) progress.Settle(account);
            WriteFailure(failure, account ?? input.Target);
        }).ConfigureAwait(false);
    }

    private static string NamedBefore(DeletedCognitiveAccount account) =>
        $"Account '{account.Name}' was named in another way before.";

    private void WriteOutcome(DeletedCognitiveAccount account, object? result)
    {
        progress.Settle(account);
        if (result is not null) Output.WriteObject(result);
    }
}
