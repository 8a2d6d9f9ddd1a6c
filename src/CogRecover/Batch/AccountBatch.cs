namespace CogRecover.Batch;

/// <summary>Does a command's work on its accounts, side by side, in the command's pipeline or in a job.</summary>
/// <typeparam name="T">What the operation on an account comes to.</typeparam>
/// <param name="context">The command, what it works with, and how.</param>
/// <param name="action">What it does to an account.</param>
internal sealed class AccountBatch<T>(BatchContext context, IAccountAction<T> action)
{
    private readonly CommandSession session = context.Session;
    private readonly AccountSearch search = context.Search;
    private readonly BatchJob? job = context.AsJob ? new BatchJob(context.Command, context.Session) : null;
    private readonly BatchProgress progress = new(action.Activity, action.Done);
    private readonly HashSet<string> begun = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Task> asked = [];
    private readonly TaskCompletionSource<bool> mayOperate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PipelinePump Pump => session.Pump;

    /// <summary>Starts the work on an account, from the pipeline thread.</summary>
    public void Start(AccountInput input)
    {
        Pump.Refreshing = ShowProgress;
        AccountJob? child = job?.Begin($"{input.Target}");
        var work = new AccountWork(input, child is null ? session.Output : session.Redact(child.Writer), child);
        progress.Add(work);
        var question = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task turn = asked.LastOrDefault() ?? Task.CompletedTask;
        asked.Add(question.Task);
        Pump.Start(cancellation => RunAsync(work, turn, question, cancellation));
        if (job is null) mayOperate.TrySetResult(true);
    }

    /// <summary>Waits for the work, or leaves it to a job once all questions are answered.</summary>
    /// <returns>The job; null if there is none.</returns>
    public Job? Finish()
    {
        if (job is not null)
        {
            Pump.RunUntil(Task.WhenAll(asked));
            if (!Pump.IsStopping && job.Job.HasAccounts)
            {
                session.Output.WriteProgress(progress.Completed());
                context.Command.JobRepository.Add(job.Job);
                context.Confirmation.Detach();
                job.TakeOver(RunToEnd, () => progress.Unfinished(context.CommandName, isWatched: false));
                return job.Job;
            }
        }

        RunToEnd();
        return null;
    }

    /// <summary>Says what a stop leaves, where the pipeline takes no output any more.</summary>
    public void ShowUnfinished()
    {
        if (progress.Unfinished(context.CommandName, isWatched: true) is { } left) context.WarnOnHost(left);
    }

    /// <summary>An account's way through the command: find, look, ask, start, wait, report.</summary>
    private async Task RunAsync(
        AccountWork work, Task turn, TaskCompletionSource<bool> question, CancellationToken cancellation)
    {
        bool isWanted = true;
        try
        {
            work.Job?.ShowStatus(action.Activity, "Looking");
            bool goesOn = await session.Limit.RunAsync(() => AccountFinder.LookWithinAsync(
                context.Timeout, $"{work.Input.Target}", limit => FindAndLookAsync(work, limit), cancellation), cancellation)
                .ConfigureAwait(false);
            if (goesOn && action.Asks) await turn.ConfigureAwait(false);
            goesOn = goesOn && (isWanted = await AskAsync(work).ConfigureAwait(false));
            if (!goesOn)
            {
                work.Stage = WorkStage.Skipped;
                return;
            }

            question.TrySetResult(true);
            using (cancellation.Register(() => mayOperate.TrySetCanceled())) await mayOperate.Task.ConfigureAwait(false);
            await session.Limit.RunAsync(() => OperateAsync(work, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            await FailAsync(work, failure, cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (work.Job is not null) Pump.Post(() => job!.End(work.Job, isWanted));
            question.TrySetResult(true);
        }
    }

    private async Task<bool> FindAndLookAsync(AccountWork work, CancellationToken limit)
    {
        try
        {
            work.Account = await search.FindAsync(work.Input, limit).ConfigureAwait(false);
        }
        catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.DeletedAccountNotFound)
        {
            // It may be done by now.
            if (progress.Find(other => other.Account is { } account && work.Input.IsOf(account)) is { } before)
                await context.WriteAsync(work, output => output.WriteVerbose(NamedBefore(before))).ConfigureAwait(false);
            else if (!await action.IsDoneAlreadyAsync(work, limit).ConfigureAwait(false))
                throw;
            return work.Live is not null;
        }

        work.Input.RequireDeletion(work.Account, action.Done);
        return await action.LookAsync(work, limit).ConfigureAwait(false);
    }

    private async Task<bool> AskAsync(AccountWork work)
    {
        RecoveryException? refusal = null;
        bool isWanted = await Pump.InvokeAsync(() =>
        {
            try
            {
                if (begun.Add(work.Key)) return action.Ask(work);
                work.Output.WriteVerbose(NamedBefore(work));
                return false;
            }
            catch (RecoveryException e)
            {
                refusal = e;
                return false;
            }
            catch (Exception e) when (e is HostException or PSInvalidOperationException)
            {
                // Nobody is there to answer, as in a runbook.
                bool hasForce = context.Command.MyInvocation.MyCommand.Parameters.ContainsKey("Force");
                session.Output.ThrowTerminatingError(ErrorRecords.NobodyToAsk(e, work.Name, work.Target, hasForce));
                throw;
            }
        }).ConfigureAwait(false);
        return refusal is null ? isWanted : throw refusal;
    }

    // A failure is told before the next account has its turn: with -ErrorAction Stop there is none.
    private async Task OperateAsync(AccountWork work, CancellationToken cancellation)
    {
        try
        {
            work.Start();
            work.Job?.ShowStatus(action.Activity, "Running");
            OperationHandle<T> operation = await action.StartAsync(work, cancellation).ConfigureAwait(false);
            T result = await (context.NoWait ? operation.PeekAsync(cancellation) : operation.WaitAsync(cancellation))
                .ConfigureAwait(false);
            work.Stage = WorkStage.Done;
            object? written = await action.ReportAsync(work, result, operation.HasEnded, cancellation)
                .ConfigureAwait(false);
            await Pump.PostAsync(() =>
            {
                work.Stage = WorkStage.Shown;
                if (written is not null) work.Output.WriteObject(written);
            }).ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            await FailAsync(work, failure, cancellation).ConfigureAwait(false);
        }
    }

    private async Task FailAsync(AccountWork work, RecoveryException failure, CancellationToken cancellation)
    {
        if (work.Account is null)
            failure = await search.ExplainAsync(work.Input, failure, cancellation).ConfigureAwait(false);
        await Pump.InvokeAsync(() =>
        {
            work.Stage = WorkStage.Failed;
            work.Output.WriteError(ErrorRecords.From(failure, work.Target));
            return true;
        }).ConfigureAwait(false);
    }

    private void RunToEnd()
    {
        mayOperate.TrySetResult(true);
        Pump.RunToEnd();
        CompletionCache.Shared.Forget(session.Context.Key);
        session.Output.WriteProgress(progress.Completed());
        if (progress.Summary is { } summary) session.Output.WriteVerbose(summary);
    }

    private void ShowProgress() => session.Output.WriteProgress(progress.Report(session.ThrottleStatus));

    private static string NamedBefore(AccountWork work) => $"Account '{work.Name}' was named in another way before.";
}
