using System.Management.Automation;

namespace CogRecover.Sandbox.Host;

/// <summary>What a script wrote to each stream.</summary>
/// <param name="output">The success stream.</param>
/// <param name="streams">The others.</param>
/// <param name="terminatedBy">The error that ended the script; null if it ran to its end.</param>
public sealed class ShellResult(
    IReadOnlyList<PSObject> output, PSDataStreams streams, RuntimeException? terminatedBy)
{
    /// <summary>The success stream.</summary>
    public IReadOnlyList<PSObject> Output { get; } = output;

    /// <summary>The errors that didn't end the script.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; } = [.. streams.Error];

    /// <summary>The warnings.</summary>
    public IReadOnlyList<string> Warnings { get; } = [.. streams.Warning.Select(record => record.Message)];

    /// <summary>The verbose messages.</summary>
    public IReadOnlyList<string> Verbose { get; } = [.. streams.Verbose.Select(record => record.Message)];

    /// <summary>The information messages.</summary>
    public IReadOnlyList<InformationRecord> Information { get; } = [.. streams.Information];

    /// <summary>The debug messages.</summary>
    public IReadOnlyList<string> Debug { get; } = [.. streams.Debug.Select(record => record.Message)];

    /// <summary>The progress records.</summary>
    public IReadOnlyList<ProgressRecord> Progress { get; } = [.. streams.Progress];

    /// <summary>The error that ended the script; null if it ran to its end.</summary>
    public RuntimeException? TerminatedBy { get; } = terminatedBy;

    /// <summary>Throws what ended the script, or its first error.</summary>
    public ShellResult ThrowIfFailed()
    {
        if (TerminatedBy is not null) throw TerminatedBy;
        if (Errors is [var first, ..]) throw new InvalidOperationException(first.ToString(), first.Exception);
        return this;
    }
}
