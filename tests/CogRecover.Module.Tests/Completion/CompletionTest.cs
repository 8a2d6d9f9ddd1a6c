using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Completion;

/// <summary>Presses Tab at the end of a line.</summary>
public abstract class CompletionTest : ModuleTest
{
    private protected void GivenAccounts()
    {
        Arm.State.AddDeletedAccount("acme-ai", "rg-a", "West US 2");
        Arm.State.AddDeletedAccount("acme-speech", "rg-b", "eastus", "SpeechServices");
        Arm.State.AddDeletedAccount("contoso-vision", "rg-b", "EastUS");
    }

    private protected ShellResult Tab(string line) => Shell.Run(
        $"(TabExpansion2 -inputScript '{line.Replace("'", "''", StringComparison.Ordinal)}' "
        + $"-cursorColumn {line.Length}).CompletionMatches");

    private protected string[] Complete(string line) => Texts(line, "CompletionText");

    private protected string[] Tips(string line) => Texts(line, "ToolTip");

    private protected string[] Texts(string line, string property) => [.. Tab(line).ThrowIfFailed().Output
        .Where(match => $"{match.Properties["ResultType"].Value}" == "ParameterValue")
        .Select(match => (string)match.Properties[property].Value)];
}
