namespace CogRecover.Pipeline;

/// <summary>Where a command writes: to its pipeline, or into a job. To be used on the pipeline thread only.</summary>
internal interface ICommandOutput
{
    void WriteObject(object written);

    void WriteError(ErrorRecord error);

    void WriteWarning(string text);

    void WriteVerbose(string text);

    void WriteDebug(string text);

    /// <summary>Tells what was done.</summary>
    /// <param name="text">A line.</param>
    /// <param name="isShown">Whether a host shows it, as what the user has just asked for.</param>
    void WriteInformation(string text, bool isShown);

    void WriteProgress(ProgressRecord progress);

    /// <summary>Ends everything, with an error that every later account would have too.</summary>
    void ThrowTerminatingError(ErrorRecord error);
}
