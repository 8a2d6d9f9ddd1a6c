namespace CogRecover.Batch;

/// <summary>Does a command's work on its accounts, side by side, in the command's pipeline or in a job.</summary>
/// <typeparam name="T">What the operation on an account comes to.</typeparam>
internal sealed class AccountBatch<T>(BatchContext context, IAccountAction<T> action)
{
    private readonly CommandSession session = context.Session;
    private readonly PipelinePump pump = context.Session.Pump;
    private readonly BatchJob? job = context.AsJob ? new BatchJob(context.Command, context.Session) : null;
    private readonly BatchProgress progress = new(action.Activity, context.Works);
    private readonly BatchSummary summary = new(
        action.Activity, action.Participle, context.CommandName, context.Session.Context.SubscriptionId,
        context.Works);
    private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Task> asked = new(StringComparer.OrdinalIgnoreCase);
    private bool hasEnded;
    private bool isStopShown;

    /// <summary>Starts the work on an account, from the pipeline thread.</summary>
    public void Add(AccountInput input)
    {
        pump.Refreshing = () => session.Output.WriteProgress(progress.Report(session.ThrottleStatus));
        pump.Stopped = () => isStopShown = Unfinished(isWatched: true) is { } left && context.TryWarn(left);
        AccountJob? child = job?.AddChild(input.Name);
        var work = new AccountWork(input, child is null ? session.Output : session.Redact(child), child);
        context.Works.Enqueue(work);

        // Where nobody is asked, only accounts of one name have an order: one may be in the way of the next.
        string line = action.Asks ? "" : input.Name;
        Task turn = asked.TryGetValue(line, out Task? before) ? before : Task.CompletedTask;
        asked[line] = Task.WhenAll(turn, work.Question.Task);
        pump.Start(cancellation => RunAsync(work, () => ProcessAsync(work, turn, cancellation), cancellation));
    }

    /// <summary>Waits for the work, or leaves it to a job once all questions are answered.</summary>
    /// <returns>The job; null if there is none.</returns>
    public Job? Finish()
    {
        if (job is not null) pump.RunUntil(Task.WhenAll(asked.Values));
        if (job is null || pump.IsStopping || job.Job.ChildJobs.Count == 0)
        {
            RunToEnd();
            return null;
        }

        session.Output.WriteProgress(progress.Completed);
        job.TellApart(context.Works);
        pump.Stopped = null;
        context.Command.JobRepository.Add(job.Job);
        context.Confirmation.Detach();
        job.TakeOver(RunToEnd, () => Unfinished(isWatched: false));
        return job.Job;
    }

    /// <summary>Says what a stop leaves unfinished, where that isn't said yet. The pipeline takes no more output by
    /// then.</summary>
    public void ShowUnfinished()
    {
        if (!hasEnded && !isStopShown && Unfinished(isWatched: true) is { } left) context.WarnAfterStop(left);
    }

    private async Task RunAsync(AccountWork work, Func<Task> process, CancellationToken cancellation)
    {
        try
        {
            work.Room = await session.Limit.EnterAsync(cancellation);
            await process();
        }
        catch (RecoveryException failure)
        {
            await FailAsync(work, failure, cancellation);
        }
        finally
        {
            if (work.Job is { } child && work.Stage != WorkStage.Confirmed)
                pump.Post(() => job!.Complete(child, work.Stage != WorkStage.Skipped || child.HasMoreData));
            work.Question.TrySetResult(true);

            // A failure is reported by now: with -ErrorAction Stop there is no next account that gets the room.
            work.Room?.Dispose();
        }
    }

    /// <summary>An account's way through the command: find, look, ask, start, wait, report.</summary>
    private async Task ProcessAsync(AccountWork work, Task turn, CancellationToken cancellation)
    {
        // An account that waits for an answer makes room, so that others can be looked up. Any other keeps its room:
        // otherwise every look-up would run before the first operation.
        bool waits = action.Asks || job is not null;
        bool hasWork;
        ShowStatus(work, "Looking");
        try
        {
            hasWork = await new TimeLimit(context.Timeout).RunAsync(
                limit => FindAndLookAsync(work, limit),
                e => ThrottleErrors.LookupTimedOut($"{work.Input.Target}", context.Timeout, e), cancellation);
        }
        finally
        {
            if (waits) work.Room!.Dispose();
        }

        await turn;
        work.HadNothingToDo = !hasWork;
        work.Stage = hasWork && await AskAsync(work) ? WorkStage.Confirmed : WorkStage.Skipped;
        work.Question.TrySetResult(true);
        if (work.Stage == WorkStage.Skipped || job is not null) return;
        if (waits) work.Room = await session.Limit.EnterAsync(cancellation);
        await OperateAsync(work, cancellation);
    }

    private async Task OperateAsync(AccountWork work, CancellationToken cancellation)
    {
        ShowStatus(work, "Running");
        (T result, bool operationHasEnded) = await work.RunAsync(() => action.OperateAsync(work, cancellation));
        if (operationHasEnded) work.Stage = WorkStage.Done;
        object? written = await action.ReportAsync(work, result, operationHasEnded, cancellation);
        await pump.PostAsync(() =>
        {
            work.IsShown = true;
            if (written is not null) work.Output.WriteObject(written);
        });
    }

    private async Task<bool> FindAndLookAsync(AccountWork work, CancellationToken limit)
    {
        try
        {
            work.Account = await context.Search.FindAsync(work.Input, limit);
        }
        catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.DeletedAccountNotFound)
        {
            // An earlier input or run may have done it already.
            if (context.Works.FirstOrDefault(other => other.Account is { } account && work.Input.IsOf(account)) is
                { } before)
                await context.WriteAsync(work, _ => work.WriteRepeated(before));
            else if (!await action.IsDoneAlreadyAsync(work, limit))
                throw;
            return work.Live is not null;
        }

        work.Input.RequireDeletion(work.Account, action.Participle);
        return await action.LookAsync(work, limit);
    }

    private Task<bool> AskAsync(AccountWork work) => pump.InvokeAsync(() =>
    {
        try
        {
            if (seen.Add(work.Key)) return action.Ask(work);
            work.WriteRepeated(work);
        }
        catch (Exception e) when (e is HostException or PSInvalidOperationException)
        {
            string instead = context.Confirmation.IsConfirmGiven ? " in place of -Confirm."
                : context.Command.MyInvocation.MyCommand.Parameters.ContainsKey("Force") ? " or -Force."
                : ".";
            session.ThrowTerminatingError(ErrorRecords.NobodyToAsk(e, work.Name, work.Target, instead));
        }

        return false;
    });

    private async Task FailAsync(AccountWork work, RecoveryException failure, CancellationToken cancellation)
    {
        if (work.Account is null) failure = await context.Search.ExplainAsync(work.Input, failure, cancellation);
        work.IsOutcomeUnknown = Attempt.IsOutcomeUnknown(failure);
        work.GoesOn = work.IsOutcomeUnknown && work.Stage == WorkStage.Accepted;
        if (!work.IsOutcomeUnknown) work.Stage = WorkStage.Failed;
        await pump.InvokeAsync(() =>
        {
            (work.Stage, work.IsShown) = (WorkStage.Failed, true);
            work.Output.WriteError(ErrorRecords.From(failure, work.Target));
            return true;
        });
    }

    private void RunToEnd()
    {
        if (job is not null)
            foreach (AccountWork work in context.Works.Where(work => work.Stage == WorkStage.Confirmed))
                pump.Start(cancellation => RunAsync(work, () => OperateAsync(work, cancellation), cancellation));
        pump.RunToEnd();
        hasEnded = !pump.IsStopping;
        CompletionCache.Shared.Forget(session.Context.Key);
        session.Output.WriteProgress(progress.Completed);
        if (hasEnded && !context.Confirmation.IsWhatIf && summary.AtEnd is { } said)
            session.Output.WriteInformation(said, isShown: true, PipelineOutput.SummaryTag);
    }

    private string? Unfinished(bool isWatched) =>
        summary.Unfinished([.. action.Unfinished], isWatched);

    private void ShowStatus(AccountWork work, string status)
    {
        if (work.Job is { } child) pump.Post(() => child.ShowStatus(action.Activity, status));
    }
}
