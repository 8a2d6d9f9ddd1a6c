using System.Management.Automation;

namespace CogRecover.Batch;

/// <summary>The job of one account, or of a command over several: what it writes, until somebody receives it.</summary>
internal sealed class AccountJob : Job
{
    private readonly Action stop;

    /// <param name="command">The command, as the user typed it.</param>
    /// <param name="name">The account, or the name of the command.</param>
    /// <param name="stop">Stops the work.</param>
    public AccountJob(string command, string name, Action stop) : base(command, name)
    {
        this.stop = stop;
        PSJobTypeName = "CogRecoverJob";
        SetJobState(JobState.Running);
    }

    /// <summary>Whether there is something that hasn't been received.</summary>
    public override bool HasMoreData => Output.Count > 0 || Error.Count > 0 || Warning.Count > 0
        || ChildJobs.Any(child => child.HasMoreData);

    /// <summary>Where the work is done: here.</summary>
    public override string Location => "localhost";

    /// <summary>What the last progress record said.</summary>
    public override string StatusMessage => Progress.Count > 0 ? Progress[Progress.Count - 1].StatusDescription : "";

    /// <summary>Whether the command that began it has ended, and the work goes on by itself.</summary>
    public bool IsHandedOver { get; set; }

    /// <summary>Whether any account is left in it.</summary>
    public bool HasAccounts
    {
        get
        {
            lock (ChildJobs) return ChildJobs.Count > 0;
        }
    }

    private bool HasFailed => Error.Count > 0 || ChildJobs.Any(child => child.JobStateInfo.State == JobState.Failed);

    private bool HasEnded => JobStateInfo.State is JobState.Completed or JobState.Failed or JobState.Stopped;

    /// <summary>Stops the work of the whole command, and waits until it has stopped. What Azure has accepted goes on
    /// there.</summary>
    public override void StopJob() => stop();

    /// <summary>Begins the job of one account.</summary>
    public AccountJob Begin(string account)
    {
        var child = new AccountJob(Command, account, stop);
        lock (ChildJobs) ChildJobs.Add(child);
        return child;
    }

    /// <summary>Takes back the job of an account that the user doesn't want done.</summary>
    public void Remove(AccountJob child)
    {
        lock (ChildJobs) ChildJobs.Remove(child);
    }

    /// <summary>Ends the job, unless it has ended before.</summary>
    /// <param name="isStopped">Whether it was stopped before its end.</param>
    public void End(bool isStopped = false)
    {
        if (HasEnded) return;
        JobState state = isStopped && Error.Count == 0 ? JobState.Stopped
            : HasFailed ? JobState.Failed
            : JobState.Completed;
        if (ChildJobs.Count == 0 && Progress.LastOrDefault() is { } last)
            Progress.Add(new ProgressRecord(last.ActivityId, last.Activity, $"{state}"));
        SetJobState(state);
    }
}
