namespace CogRecover.Batch;

/// <summary>Runs what is left of a batch on its own thread after the command has ended.</summary>
internal sealed class BatchJob
{
    private readonly CommandSession session;
    private readonly Runspace runspace = Runspace.DefaultRunspace;
    private readonly ManualResetEventSlim ended = new();
    private volatile bool hasFailed;

    public BatchJob(PSCmdlet command, CommandSession session)
    {
        this.session = session;
        Command = command.GetType();
        StopsAtError = PipelineOutput.Preference(command, "Error") == ActionPreference.Stop;
        Pipeline = new PipelineOutput(command);
        Job = new AccountJob(this, command.MyInvocation.Line.Trim(), command.MyInvocation.MyCommand.Name);
    }

    /// <summary>The job of the whole command. Its children are those of the accounts.</summary>
    public AccountJob Job { get; }

    /// <summary>The command's class, which is part of the id of each of its errors.</summary>
    public Type Command { get; }

    /// <summary>Whether the first error ends everything.</summary>
    public bool StopsAtError { get; }

    /// <summary>Where the command writes; null once the job goes on without it.</summary>
    public ICommandOutput? Pipeline { get; private set; }

    /// <summary>Adds the job of an account, from the pipeline thread.</summary>
    public AccountJob AddChild(string account)
    {
        var child = new AccountJob(this, Job.Command, account);
        Job.ChildJobs.Add(child);
        return child;
    }

    /// <summary>Names the jobs of accounts of one name by where those are, too.</summary>
    public void TellApart(IEnumerable<AccountWork> works)
    {
        AccountWork[] all = [.. works.Where(work => Job.ChildJobs.Contains(work.Job!))];
        foreach (AccountWork work in all)
            work.Job!.Name = work.Name + (work.Apart(all) is { } apart ? $" ({string.Join(", ", apart)})" : "");
    }

    /// <summary>Ends the job of an account, and removes it if the user said no. Runs on the thread that runs the
    /// batch.</summary>
    public void Complete(AccountJob child, bool isWanted)
    {
        child.End();

        // Once the user has the job, somebody may be receiving it: nothing goes away any more.
        if (!isWanted && Pipeline is not null) Job.ChildJobs.Remove(child);
    }

    /// <summary>Takes the work over from the command.</summary>
    /// <param name="runToEnd">Does what is left of it.</param>
    /// <param name="unfinished">Describes what is unfinished after a stop; null if nothing is.</param>
    public void TakeOver(Action runToEnd, Func<string?> unfinished)
    {
        Pipeline = null;
        session.Redirect(Job);
        runspace.StateChanged += OnRunspaceChanged;
        new Thread(() => Run(runToEnd, unfinished)) { IsBackground = true, Name = Job.Name }.Start();
    }

    /// <summary>Stops the work, and waits for its end.</summary>
    public void Stop()
    {
        session.Pump.Cancel();
        ended.Wait();
    }

    /// <summary>Stops the work from within, as an error ends everything.</summary>
    public void Fail()
    {
        hasFailed = true;
        session.Pump.Cancel();
    }

    private void Run(Action runToEnd, Func<string?> unfinished)
    {
        PipelinePump pump = session.Pump;
        try
        {
            pump.Refreshing?.Invoke();
            runToEnd();
        }
        catch (Exception e)
        {
            // Nothing above catches it: unless the job was stopped, whatever it is, it is the job's failure.
            if (e is not OperationCanceledException)
                Job.Fail(ErrorRecords.OfJob(e, Job));
        }

        runspace.StateChanged -= OnRunspaceChanged;
        if (pump.IsStopping && unfinished() is { } left) Job.Warning.Add(new WarningRecord(left));
        foreach (Job child in Job.ChildJobs) ((AccountJob)child).End(pump.IsStopping);

        // A job that an error has stopped has failed.
        Job.End(pump.IsStopping && !hasFailed);
        ended.Set();
    }

    // Nobody can receive the job any more.
    private void OnRunspaceChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
            session.Pump.Cancel();
    }
}
