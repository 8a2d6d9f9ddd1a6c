using System.Management.Automation;

namespace CogRecover.Pipeline;

/// <summary>Writes to the pipeline of a command.</summary>
/// <param name="command">The command.</param>
internal sealed class PipelineOutput(Cmdlet command) : ICommandOutput
{
    public void WriteObject(object written) => command.WriteObject(written);

    public void WriteError(ErrorRecord error) => command.WriteError(error);

    public void WriteWarning(string text) => command.WriteWarning(text);

    public void WriteVerbose(string text) => command.WriteVerbose(text);

    public void WriteDebug(string text) => command.WriteDebug(text);

    public void WriteProgress(ProgressRecord progress) => command.WriteProgress(progress);

    public void ThrowTerminatingError(ErrorRecord error) => command.ThrowTerminatingError(error);
}
