namespace CogRecover.Batch;

/// <summary>The job of one account, or of a command over several: what is written into it, until somebody receives it.
/// </summary>
internal sealed class AccountJob : Job, ICommandOutput
{
    private readonly BatchJob batch;

    public AccountJob(BatchJob batch, string command, string name) : base(command, name)
    {
        this.batch = batch;
        PSJobTypeName = "CogRecoverJob";
        SetJobState(JobState.Running);
    }

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
        WriteProgress(new ProgressRecord(BatchProgress.ActivityId, activity, status));

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

    public void WriteObject(object written) => Output.Add(PSObject.AsPSObject(written));
    public void WriteWarning(string text) => Warning.Add(new WarningRecord(text));
    public void WriteVerbose(string text) => Verbose.Add(new VerboseRecord(text));
    public void WriteDebug(string text) => Debug.Add(new DebugRecord(text));

    public void WriteInformation(string text, bool isShown) =>
        Information.Add(new InformationRecord(text, batch.Command.Name));

    // It comes five times a second, and each record stays.
    public void WriteProgress(ProgressRecord progress)
    {
        if (StatusMessage != progress.StatusDescription) Progress.Add(progress);
    }

    public void WriteError(ErrorRecord error)
    {
        if (batch.StopsAtError) batch.Pipeline?.WriteError(error);
        string id = $"{error.FullyQualifiedErrorId},{batch.Command.FullName}";
        Error.Add(new ErrorRecord(error.Exception, id, error.CategoryInfo.Category, error.TargetObject)
        {
            ErrorDetails = error.ErrorDetails,
        });
        if (batch.StopsAtError) batch.Fail();
    }

    public void ThrowTerminatingError(ErrorRecord error)
    {
        batch.Pipeline?.ThrowTerminatingError(error);
        WriteError(error);
        throw error.Exception;
    }
}
