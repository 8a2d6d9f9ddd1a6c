namespace CogRecover.Pipeline;

/// <summary>Where a command writes: to its pipeline, or into a job. To be used on the pipeline thread only.</summary>
internal interface ICommandOutput
{
    void WriteObject(object written);
    void WriteError(ErrorRecord error);
    void WriteWarning(string text);
    void WriteVerbose(string text);
    void WriteDebug(string text);
    void WriteProgress(ProgressRecord progress);

    /// <summary>Tells what was done. A host shows it if that is what the user has just asked for.</summary>
    void WriteInformation(string text, bool isShown);

    /// <summary>Ends everything, with an error that every later account would have too.</summary>
    void ThrowTerminatingError(ErrorRecord error);
}
