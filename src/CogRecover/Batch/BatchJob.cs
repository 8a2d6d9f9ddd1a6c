using System.Management.Automation;
using System.Management.Automation.Runspaces;
using CogRecover.Pipeline;

namespace CogRecover.Batch;

/// <summary>Goes on with the operations of a command as a job, once the command has ended.</summary>
internal sealed class BackgroundOperations
{
    private readonly PipelinePump pump;
    private readonly JobOutput output;
    private readonly Runspace runspace = Runspace.DefaultRunspace;
    private readonly ManualResetEventSlim ended = new();
    private volatile bool isStopped;

    /// <param name="command">The command.</param>
    /// <param name="user">Where it writes until now.</param>
    /// <param name="pump">Its work.</param>
    public BackgroundOperations(PSCmdlet command, ICommandOutput user, PipelinePump pump)
    {
        this.pump = pump;
        Job = new AccountJob(command.MyInvocation.Line.Trim(), command.MyInvocation.MyCommand.Name, Stop);
        output = new JobOutput(user, command.GetType(), Job, StopsAtError(command) ? pump.Cancel : null);
    }

    /// <summary>The job of the whole command.</summary>
    public AccountJob Job { get; }

    /// <summary>Where the command writes from now on.</summary>
    public ICommandOutput Output => output;

    /// <summary>Begins the job of an account: what the work from here on writes is its.</summary>
    public AccountJob Begin(string account) => output.Begin(account);

    /// <summary>Ends the job of an account, and takes it back where the user didn't want it.</summary>
    public void End(AccountJob account, bool isWanted)
    {
        account.End();
        if (!isWanted) Job.Remove(account);
    }

    /// <summary>Goes on with the work on a thread of its own.</summary>
    /// <param name="finish">Runs the work to its end.</param>
    /// <param name="unfinished">What a stop leaves; null for nothing.</param>
    public void TakeOver(Action finish, Func<string?> unfinished)
    {
        Job.IsHandedOver = true;
        runspace.StateChanged += OnRunspaceChanged;
        new Thread(() => Run(finish, unfinished)) { IsBackground = true, Name = Job.Name }.Start();
    }

    private void Run(Action finish, Func<string?> unfinished)
    {
        try
        {
            finish();
        }
        catch (Exception e)
        {
            // There is nobody above: whatever it is, it is the job's failure.
            if (!pump.IsStopping) Job.Error.Add(new ErrorRecord(e, "JobFailed", ErrorCategory.NotSpecified, Job));
        }

        runspace.StateChanged -= OnRunspaceChanged;
        if (pump.IsStopping && unfinished() is { } said) Job.Warning.Add(new WarningRecord(said));
        foreach (Job child in Job.ChildJobs) ((AccountJob)child).End(pump.IsStopping);

        // What an error has stopped has failed.
        Job.End(isStopped);
        ended.Set();
    }

    private static bool StopsAtError(PSCmdlet command) => LanguagePrimitives.ConvertTo<ActionPreference>(
        command.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given)
            ? given
            : command.GetVariableValue("ErrorActionPreference")) == ActionPreference.Stop;

    // Nobody can receive anything any more.
    private void OnRunspaceChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
        {
            isStopped = true;
            pump.Cancel();
        }
    }

    private void Stop()
    {
        isStopped = true;
        pump.Cancel();
        ended.Wait();
    }
}
