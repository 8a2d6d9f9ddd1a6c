namespace CogRecover.Batch;

/// <summary>The job of a command, or of one of its accounts. Only the job's own members are public, as users see
/// them.</summary>
internal sealed class AccountJob : Job, ICommandOutput
{
    private readonly BatchJob batch;

    // What is received is removed from the streams, and these aren't.
    private volatile ProgressRecord? lastProgress;
    private volatile bool hasFailed;

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
    public override string StatusMessage => lastProgress?.StatusDescription ?? "";

    /// <summary>Stops the work of the whole command, and waits for its end. What Azure has accepted goes on there.
    /// </summary>
    public override void StopJob() => batch.Stop();

    /// <summary>Shows the progress of the job's account.</summary>
    internal void ShowStatus(string activity, string status) =>
        Write(new ProgressRecord(BatchProgress.ActivityId, activity, status));

    /// <summary>Adds what ends the job in failure.</summary>
    internal void Fail(ErrorRecord error)
    {
        hasFailed = true;
        Error.Add(error);
    }

    /// <summary>Ends the job, unless it has ended.</summary>
    internal void End(bool isStopped = false)
    {
        if (JobStateInfo.State is JobState.Completed or JobState.Failed or JobState.Stopped) return;
        JobState state = isStopped && !hasFailed ? JobState.Stopped
            : hasFailed || ChildJobs.Any(child => child.JobStateInfo.State == JobState.Failed) ? JobState.Failed
            : JobState.Completed;
        if (ChildJobs.Count == 0 && lastProgress is { } last) ShowStatus(last.Activity, $"{state}");
        SetJobState(state);
    }

    void ICommandOutput.WriteObject(object written) => Output.Add(PSObject.AsPSObject(written));
    void ICommandOutput.WriteWarning(string text) => Warning.Add(new WarningRecord(text));
    void ICommandOutput.WriteVerbose(string text) => Verbose.Add(new VerboseRecord(text));
    void ICommandOutput.WriteDebug(string text) => Debug.Add(new DebugRecord(text));
    void ICommandOutput.WriteProgress(ProgressRecord progress) => Write(progress);

    void ICommandOutput.WriteInformation(string text, bool isShown, string? tag)
    {
        var record = new InformationRecord(new HostInformationMessage { Message = text }, batch.Command.Name);
        record.Tags.AddRange(PipelineOutput.Tags(isShown, tag));
        Information.Add(record);
    }

    void ICommandOutput.WriteError(ErrorRecord error)
    {
        if (batch.StopsAtError) batch.Pipeline?.WriteError(error);
        string id = $"{error.FullyQualifiedErrorId},{batch.Command.FullName}";
        Fail(new ErrorRecord(error.Exception, id, error.CategoryInfo.Category, error.TargetObject)
        {
            ErrorDetails = error.ErrorDetails,
        });
        if (batch.StopsAtError) batch.Fail();
    }

    // Progress arrives five times a second, and a job keeps every record.
    private void Write(ProgressRecord progress)
    {
        if (StatusMessage == progress.StatusDescription) return;
        lastProgress = progress;
        Progress.Add(progress);
    }
}
