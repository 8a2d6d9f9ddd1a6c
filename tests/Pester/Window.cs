using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Text;

// Compiled by Add-Type, in Windows PowerShell 5.1 too: C# 5.
namespace CogRecover.Pester
{
    /// <summary>A window of a given width, what is shown in it, and who answers the questions in it.</summary>
    public sealed class Window : PSHost, IDisposable
    {
        private readonly Guid id = Guid.NewGuid();
        private readonly WindowInterface screen;
        private readonly Runspace runspace;

        /// <param name="width">Its width in characters.</param>
        /// <param name="answer">The label of the answer to every question; empty if nobody is there.</param>
        /// <param name="isTerminal">Whether it shows colours.</param>
        public Window(int width, string answer, bool isTerminal)
        {
            screen = new WindowInterface(width, answer, isTerminal);
            runspace = RunspaceFactory.CreateRunspace(this);
        }

        public override Guid InstanceId { get { return id; } }

        public override string Name { get { return "Window"; } }

        public override Version Version { get { return new Version(1, 0); } }

        public override CultureInfo CurrentCulture { get { return CultureInfo.CurrentCulture; } }

        public override CultureInfo CurrentUICulture { get { return CultureInfo.CurrentUICulture; } }

        public override PSHostUserInterface UI { get { return screen; } }

        /// <summary>The questions that were asked in it.</summary>
        public IList<string> Questions { get { return screen.Questions; } }

        /// <summary>Opens it, and runs a script in it.</summary>
        public void Open(string script)
        {
            runspace.Open();
            using (PowerShell shell = PowerShell.Create())
            {
                shell.Runspace = runspace;
                shell.AddScript(script).Invoke();
                if (shell.HadErrors) throw shell.Streams.Error[0].Exception;
            }
        }

        /// <summary>Runs a script, and returns what the window shows of it: output, warnings and errors.</summary>
        public string Show(string script)
        {
            screen.Text.Clear();
            using (PowerShell shell = PowerShell.Create())
            {
                shell.Runspace = runspace;
                shell.AddScript(script).AddCommand("Out-Default");
                shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
                shell.Invoke();
            }

            return screen.Text.ToString();
        }

        public void Dispose() { runspace.Dispose(); }

        public override void EnterNestedPrompt() { throw new NotSupportedException(); }

        public override void ExitNestedPrompt() { throw new NotSupportedException(); }

        public override void NotifyBeginApplication() { }

        public override void NotifyEndApplication() { }

        public override void SetShouldExit(int exitCode) { }
    }

    internal sealed class WindowInterface : PSHostUserInterface
    {
        private readonly string answer;
        private readonly bool isTerminal;
        private readonly WindowSizes sizes;

        public WindowInterface(int width, string answer, bool isTerminal)
        {
            this.answer = answer;
            this.isTerminal = isTerminal;
            sizes = new WindowSizes(width);
            Text = new StringBuilder();
            Questions = new List<string>();
        }

        public StringBuilder Text { get; private set; }

        public List<string> Questions { get; private set; }

        public override PSHostRawUserInterface RawUI { get { return sizes; } }

        public override bool SupportsVirtualTerminal { get { return isTerminal; } }

        public override int PromptForChoice(
            string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            if (string.IsNullOrEmpty(answer)) throw new HostException("Nobody is here.");
            Questions.Add(message);
            for (int i = 0; i < choices.Count; i++)
            {
                if (choices[i].Label.Replace("&", "") == answer) return i;
            }

            throw new HostException("There is no answer '" + answer + "'.");
        }

        public override Dictionary<string, PSObject> Prompt(
            string caption, string message, Collection<FieldDescription> descriptions)
        {
            throw new HostException("Nobody is here.");
        }

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName)
        {
            throw new HostException("Nobody is here.");
        }

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName,
            PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
        {
            throw new HostException("Nobody is here.");
        }

        public override string ReadLine() { throw new HostException("Nobody is here."); }

        public override SecureString ReadLineAsSecureString() { throw new HostException("Nobody is here."); }

        public override void Write(string value) { Text.Append(value); }

        public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { Write(value); }

        public override void WriteLine(string value) { Text.Append(value).Append('\n'); }

        public override void WriteErrorLine(string value) { WriteLine(value); }

        public override void WriteDebugLine(string message) { WriteLine("DEBUG: " + message); }

        public override void WriteVerboseLine(string message) { WriteLine("VERBOSE: " + message); }

        public override void WriteWarningLine(string message) { WriteLine("WARNING: " + message); }

        public override void WriteProgress(long sourceId, ProgressRecord record) { }
    }

    internal sealed class WindowSizes : PSHostRawUserInterface
    {
        public WindowSizes(int width)
        {
            BufferSize = new Size(width, 50);
            WindowSize = BufferSize;
            ForegroundColor = ConsoleColor.Gray;
        }

        public override Size BufferSize { get; set; }

        public override Size WindowSize { get; set; }

        public override Size MaxWindowSize { get { return WindowSize; } }

        public override Size MaxPhysicalWindowSize { get { return WindowSize; } }

        public override ConsoleColor BackgroundColor { get; set; }

        public override ConsoleColor ForegroundColor { get; set; }

        public override Coordinates CursorPosition { get; set; }

        public override Coordinates WindowPosition { get; set; }

        public override int CursorSize { get; set; }

        public override string WindowTitle { get; set; }

        public override bool KeyAvailable { get { return false; } }

        // As the console does: the characters of Chinese, Japanese and Korean take two cells.
        public override int LengthInBufferCells(char source) { return source >= 0x2E80 ? 2 : 1; }

        public override int LengthInBufferCells(string source)
        {
            int cells = 0;
            foreach (char one in source) cells += LengthInBufferCells(one);
            return cells;
        }

        public override int LengthInBufferCells(string source, int offset)
        {
            return LengthInBufferCells(source.Substring(offset));
        }

        public override void FlushInputBuffer() { }

        public override KeyInfo ReadKey(ReadKeyOptions options) { throw new NotSupportedException(); }

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) { return new BufferCell[0, 0]; }

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }

        public override void ScrollBufferContents(
            Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
    }
}
