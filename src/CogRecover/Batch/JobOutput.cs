namespace CogRecover.Batch;

/// <summary>Writes into a job.</summary>
internal sealed class JobOutput(AccountJob job, BatchJob batch) : ICommandOutput
{
    public void WriteObject(object written) => job.Output.Add(PSObject.AsPSObject(written));
    public void WriteWarning(string text) => job.Warning.Add(new WarningRecord(text));
    public void WriteVerbose(string text) => job.Verbose.Add(new VerboseRecord(text));
    public void WriteDebug(string text) => job.Debug.Add(new DebugRecord(text));

    public void WriteInformation(string text, bool isShown) =>
        job.Information.Add(new InformationRecord(text, batch.Command.Name));

    // It comes five times a second, and each record stays.
    public void WriteProgress(ProgressRecord progress)
    {
        if (job.StatusMessage != progress.StatusDescription) job.Progress.Add(progress);
    }

    public void WriteError(ErrorRecord error)
    {
        if (batch.StopsAtError) batch.Pipeline?.WriteError(error);
        string id = $"{error.FullyQualifiedErrorId},{batch.Command.FullName}";
        job.Error.Add(new ErrorRecord(error.Exception, id, error.CategoryInfo.Category, error.TargetObject)
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
