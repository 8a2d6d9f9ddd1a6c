namespace CogRecover.Pipeline;

/// <summary>Writes to the pipeline of a command.</summary>
internal sealed class PipelineOutput(PSCmdlet command) : ICommandOutput
{
    /// <summary>The tag of what a command over several accounts came to. It is public: scripts filter by it.</summary>
    public const string SummaryTag = "CogRecoverSummary";

    // A host shows the information that has this tag, as it does with Write-Host.
    private const string HostTag = "PSHOST";

    public void WriteObject(object written) => command.WriteObject(written);
    public void WriteError(ErrorRecord error) => command.WriteError(error);
    public void WriteWarning(string text) => command.WriteWarning(text);
    public void WriteDebug(string text) => command.WriteDebug(text);
    public void WriteProgress(ProgressRecord progress) => command.WriteProgress(progress);
    public void ThrowTerminatingError(ErrorRecord error) => command.ThrowTerminatingError(error);

    // With -Debug and without -Verbose, PowerShell would ask at each verbose line whether to go on.
    public void WriteVerbose(string text)
    {
        if (!IsOn("Debug") || IsOn("Verbose")) command.WriteVerbose(text);
    }

    public void WriteInformation(string text, bool isShown, string? tag) => command.WriteInformation(
        new HostInformationMessage { Message = text }, Tags(isShown, tag));

    /// <summary>The tags of an information record.</summary>
    public static string[] Tags(bool isShown, string? tag) =>
        [.. isShown ? new[] { HostTag } : [], .. tag is null ? [] : new[] { tag }];

    /// <summary>What a command does with an error or a warning: as its parameter says, or else the preference variable.
    /// </summary>
    public static ActionPreference Preference(PSCmdlet command, string stream) =>
        LanguagePrimitives.ConvertTo<ActionPreference>(
            command.MyInvocation.BoundParameters.TryGetValue(stream + "Action", out object? given)
                ? given
                : command.GetVariableValue(stream == "Error" ? "ErrorActionPreference" : stream + "Preference"));

    /// <summary>Whether a stream is switched on, by its parameter or its preference.</summary>
    public bool IsOn(string stream) => command.MyInvocation.BoundParameters.TryGetValue(stream, out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : command.GetVariableValue(stream + "Preference") is { } preference
            && LanguagePrimitives.ConvertTo<ActionPreference>(preference) is not
                (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
}
