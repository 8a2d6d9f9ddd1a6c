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

    /// <summary>Reports what was done.</summary>
    /// <param name="isShown">Whether the host shows it.</param>
    /// <param name="tag">What tells it apart from other information; null for nothing.</param>
    void WriteInformation(string text, bool isShown, string? tag = null);
}
