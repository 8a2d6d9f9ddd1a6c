namespace CogRecover.Batch;

/// <summary>Does a command's work on its accounts, side by side, in the command's pipeline or in a job.</summary>
/// <typeparam name="T">What the operation on an account comes to.</typeparam>
internal sealed class AccountBatch<T>(BatchContext context, IAccountAction<T> action)
{
    private readonly CommandSession session = context.Session;
    private readonly PipelinePump pump = context.Session.Pump;
    private readonly BatchJob? job = context.AsJob ? new BatchJob(context.Command, context.Session) : null;
    private readonly BatchProgress progress = new(action.Activity, action.Participle);
    private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
    private Task asked = Task.CompletedTask;

    /// <summary>Starts the work on an account, from the pipeline thread.</summary>
    public void Add(AccountInput input)
    {
        pump.Refreshing = ShowProgress;
        AccountJob? child = job?.AddChild($"{input.Target}");
        var work = new AccountWork(input, child is null ? session.Output : session.Redact(child), child);
        progress.Works.Enqueue(work);
        Task turn = asked;
        asked = Task.WhenAll(turn, work.Question.Task);
        pump.Start(cancellation => RunAsync(work, turn, cancellation));
    }

    /// <summary>Waits for the work, or leaves it to a job once all questions are answered.</summary>
    /// <returns>The job; null if there is none.</returns>
    public Job? Finish()
    {
        if (job is not null) pump.RunUntil(asked);
        if (job is null || pump.IsStopping || job.Job.ChildJobs.Count == 0)
        {
            RunToEnd();
            return null;
        }

        session.Output.WriteProgress(progress.Completed);
        context.Command.JobRepository.Add(job.Job);
        context.Confirmation.Detach();
        job.TakeOver(RunToEnd, () => progress.Unfinished(context.CommandName, isWatched: false));
        return job.Job;
    }

    /// <summary>Says what is unfinished after a stop. The pipeline takes no more output by then.</summary>
    public void ShowUnfinished()
    {
        if (progress.Unfinished(context.CommandName, isWatched: true) is { } left) context.WarnOnHost(left);
    }

    /// <summary>An account's way through the command: find, look, ask, start, wait, report.</summary>
    private async Task RunAsync(AccountWork work, Task turn, CancellationToken cancellation)
    {
        bool isWanted = true;
        IDisposable? room = null;
        try
        {
            room = await session.Limit.EnterAsync(cancellation);
            ShowStatus(work, "Looking");
            bool hasWork = await new TimeLimit(context.Timeout).RunAsync(
                limit => FindAndLookAsync(work, limit),
                e => ThrottleErrors.LookupTimedOut($"{work.Input.Target}", context.Timeout, e), cancellation);

            // An account that waits for the user makes room for the look at others. Any other keeps its room: its
            // operation would otherwise start only after the looks at all accounts.
            bool waits = action.Asks || job is not null;
            if (waits) room.Dispose();
            if (hasWork && action.Asks) await turn;
            if (hasWork) hasWork = isWanted = await AskAsync(work);
            if (!hasWork)
            {
                work.Stage = WorkStage.Skipped;
                return;
            }

            work.Question.TrySetResult(true);
            if (job is not null)
                using (cancellation.Register(() => work.Room.TrySetCanceled())) room = await work.Room.Task;
            else if (waits)
                room = await session.Limit.EnterAsync(cancellation);
            await OperateAsync(work, cancellation);
        }
        catch (RecoveryException failure)
        {
            await FailAsync(work, failure, cancellation);
        }
        finally
        {
            if (work.Job is { } child)
                pump.Post(() => job!.Complete(
                    child, isWanted && (work.Stage != WorkStage.Skipped || child.HasMoreData)));
            work.Room.TrySetCanceled();
            work.Question.TrySetResult(true);
            room?.Dispose();
        }
    }

    /// <summary>Begins the accounts of a job, in the order of the input.</summary>
    private async Task BeginAsync(CancellationToken cancellation)
    {
        foreach (AccountWork work in progress.Works.Where(work => !work.Room.Task.IsCompleted))
        {
            IDisposable room = await session.Limit.EnterAsync(cancellation);
            if (!work.Room.TrySetResult(room)) room.Dispose();
        }
    }

    private async Task<bool> FindAndLookAsync(AccountWork work, CancellationToken limit)
    {
        try
        {
            work.Account = await context.Search.FindAsync(work.Input, limit);
        }
        catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.DeletedAccountNotFound)
        {
            // It may be done by now.
            if (progress.Works.FirstOrDefault(other => other.Account is { } account && work.Input.IsOf(account)) is
                { } before)
                await context.WriteAsync(work, output => output.WriteVerbose(NamedBefore(before)));
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
            work.Output.WriteVerbose(NamedBefore(work));
        }
        catch (Exception e) when (e is HostException or PSInvalidOperationException)
        {
            bool hasForce = context.Command.MyInvocation.MyCommand.Parameters.ContainsKey("Force");
            session.Output.ThrowTerminatingError(ErrorRecords.NobodyToAsk(e, work.Name, work.Target, hasForce));
        }

        return false;
    });

    // A failure is reported before the next account has its turn: with -ErrorAction Stop, there is no next one.
    private async Task OperateAsync(AccountWork work, CancellationToken cancellation)
    {
        try
        {
            work.Start();
            ShowStatus(work, "Running");
            OperationHandle<T> operation = await action.StartAsync(work, cancellation);
            T result = await (context.NoWait ? operation.PeekAsync(cancellation) : operation.WaitAsync(cancellation));
            if (operation.HasEnded) work.Stage = WorkStage.Done;
            object? written = await action.ReportAsync(work, result, operation.HasEnded, cancellation);
            await pump.PostAsync(() =>
            {
                if (work.Stage == WorkStage.Done) work.Stage = WorkStage.Shown;
                if (written is not null) work.Output.WriteObject(written);
            });
        }
        catch (RecoveryException failure)
        {
            await FailAsync(work, failure, cancellation);
        }
    }

    private async Task FailAsync(AccountWork work, RecoveryException failure, CancellationToken cancellation)
    {
        if (work.Account is null) failure = await context.Search.ExplainAsync(work.Input, failure, cancellation);
        await pump.InvokeAsync(() =>
        {
            work.Stage = WorkStage.Failed;
            work.Output.WriteError(ErrorRecords.From(failure, work.Target));
            return true;
        });
    }

    private void RunToEnd()
    {
        if (job is not null) pump.Start(BeginAsync);
        pump.RunToEnd();
        CompletionCache.Shared.Forget(session.Context.Key);
        session.Output.WriteProgress(progress.Completed);
        if (progress.Summary is { } summary) session.Output.WriteVerbose(summary);
    }

    private void ShowStatus(AccountWork work, string status)
    {
        if (work.Job is { } child) pump.Post(() => child.ShowStatus(action.Activity, status));
    }

    private void ShowProgress() => session.Output.WriteProgress(progress.Report(session.ThrottleStatus));

    private static string NamedBefore(AccountWork work) => $"Account '{work.Name}' was named in another way before.";
}
