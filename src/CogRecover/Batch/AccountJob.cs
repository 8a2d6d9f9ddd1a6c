namespace CogRecover.Batch;

/// <summary>The job of one account, or of a command over several: what it writes, until somebody receives it.</summary>
internal sealed class AccountJob : Job
{
    private readonly BatchJob batch;

    public AccountJob(BatchJob batch, string command, string name) : base(command, name)
    {
        this.batch = batch;
        Writer = new JobOutput(this, batch);
        PSJobTypeName = "CogRecoverJob";
        SetJobState(JobState.Running);
    }

    /// <summary>Writes into the job.</summary>
    public ICommandOutput Writer { get; }

    /// <inheritdoc/>
    public override bool HasMoreData => Output.Count + Error.Count + Warning.Count + Information.Count > 0
        || ChildJobs.Any(child => child.HasMoreData);

    /// <inheritdoc/>
    public override string Location => "localhost";

    /// <summary>What the last progress record said.</summary>
    public override string StatusMessage => Progress.LastOrDefault()?.StatusDescription ?? "";

    private bool HasFailed => Error.Count > 0 || ChildJobs.Any(child => child.JobStateInfo.State == JobState.Failed);

    /// <summary>Stops the work of the whole command, and waits for its end. What Azure has accepted goes on there.
    /// </summary>
    public override void StopJob() => batch.Stop();

    /// <summary>Shows the progress of the job's account.</summary>
    public void ShowStatus(string activity, string status) =>
        Writer.WriteProgress(new ProgressRecord(BatchProgress.ActivityId, activity, status));

    /// <summary>Ends the job, unless it has ended.</summary>
    public void End(bool isStopped = false)
    {
        if (JobStateInfo.State is JobState.Completed or JobState.Failed or JobState.Stopped) return;
        JobState state = isStopped && Error.Count == 0 ? JobState.Stopped
            : HasFailed ? JobState.Failed
            : JobState.Completed;
        if (ChildJobs.Count == 0 && Progress.LastOrDefault() is { } last) ShowStatus(last.Activity, $"{state}");
        SetJobState(state);
    }
}
