using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace CogRecover.Sandbox.Host;

/// <summary>
/// Writes what a PowerShell console would, to any writer. Progress is one line that is written over, and only on a
/// terminal. A question is answered by <see cref="Answer"/>, visibly.
/// </summary>
/// <param name="writer">Where to write.</param>
/// <param name="width">The width of the window in characters.</param>
/// <param name="isTerminal">Whether escape sequences are understood.</param>
public sealed class SandboxUserInterface(TextWriter writer, int width, bool isTerminal) : PSHostUserInterface
{
    private const int DefaultWidth = 80;

    private int progressLength;

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new SandboxRawUserInterface(width);

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => isTerminal;

    /// <summary>
    /// Answers a question: given its text and the labels of the choices, the index of one, or -1 to press Enter. Null:
    /// nobody is there to answer, as in a runbook.
    /// </summary>
    public Func<string, IReadOnlyList<string>, int>? Answer { get; set; }

    /// <summary>The progress records that were written, in order.</summary>
    public List<ProgressRecord> Progress { get; } = [];

    /// <summary>The user interface on the console that the sandbox was started from.</summary>
    internal static SandboxUserInterface OpenConsole()
    {
        bool isRedirected = Console.IsOutputRedirected;
        int width = isRedirected || Console.WindowWidth <= 0 ? DefaultWidth : Console.WindowWidth;
        bool hasColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new SandboxUserInterface(Console.Out, width, !isRedirected && hasColor);
    }

    /// <inheritdoc/>
    public override void Write(string value)
    {
        ClearProgress();
        writer.Write(GetOutputString(value, isTerminal));
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => WriteLine(Coloured(value, 31));

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteLine(Coloured("DEBUG: " + message, 33));

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteLine(Coloured("VERBOSE: " + message, 33));

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteLine(Coloured("WARNING: " + message, 33));

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (Progress) Progress.Add(record);
        if (!isTerminal) return;
        ClearProgress();
        if (record.RecordType == ProgressRecordType.Completed) return;
        string line = $"{record.Activity}: {record.StatusDescription}";
        if (line.Length >= width) line = line[..(width - 1)];
        writer.Write(line);
        writer.Flush();
        progressLength = line.Length;
    }

    /// <inheritdoc/>
    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (Answer is null) throw NobodyThere();
        string[] labels = [.. choices.Select(choice => choice.Label.Replace("&", ""))];
        if (!string.IsNullOrEmpty(caption)) WriteLine(caption);
        if (!string.IsNullOrEmpty(message)) WriteLine(message);
        Write($"[{string.Join("] [", labels)}]: ");
        int answer = Answer(message ?? caption, labels);
        int choice = answer < 0 ? defaultChoice : answer;
        WriteLine(labels[choice]);
        return choice;
    }

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) => throw NobodyThere();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) => throw NobodyThere();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw NobodyThere();

    /// <inheritdoc/>
    public override string ReadLine() => throw NobodyThere();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw NobodyThere();

    private static PSInvalidOperationException NobodyThere() =>
        new("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");

    private string Coloured(string text, int colour) => isTerminal ? $"\e[{colour}m{text}\e[0m" : text;

    private void ClearProgress()
    {
        if (progressLength == 0) return;
        writer.Write("\r" + new string(' ', progressLength) + "\r");
        progressLength = 0;
    }
}
