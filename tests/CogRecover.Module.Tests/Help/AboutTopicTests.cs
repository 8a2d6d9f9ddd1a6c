using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.PowerShell.Commands;

namespace CogRecover.Module.Tests.Help;

/// <summary><c>about_CogRecover</c>, as PowerShell finds it.</summary>
public sealed class AboutTopicTests : ModuleTest
{
    private string Topic => Assert.Single(Shell.Run("Get-Help about_CogRecover").ThrowIfFailed().Output).ToString();

    private protected override SimulatedArmOptions Options => new();

    [Fact]
    public void It_is_found_with_its_synopsis_and_fits_into_80_columns()
    {
        ShellResult found = Shell.Run("(Get-Help about_CogRecover).Synopsis").ThrowIfFailed();

        Assert.Equal("Finds, restores and purges soft-deleted Azure Cognitive Services accounts.",
            Assert.Single(found.Output).ToString());
        Assert.All(Topic.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
    }

    [Fact]
    public void It_names_each_cmdlet() => Assert.All(
        Shell.Run("Get-Command -Module CogRecover").ThrowIfFailed().Output,
        command => Assert.Contains($"{command}", Topic, StringComparison.Ordinal));

    [Fact]
    public void It_tells_what_to_do_about_each_error_id() => Assert.Equal(
        Shell.Run("[enum]::GetNames([CogRecover.RecoveryErrorId])").ThrowIfFailed().Output
            .Select(id => id.ToString()).Order(),
        Regex.Matches(Topic, @"(?m)^ {6}([A-Z]\w+) {2,}\S").Select(entry => entry.Groups[1].Value).Order());

    [Fact]
    public void What_it_tells_to_type_runs_from_the_first_line_to_the_last()
    {
        string[] lines = [.. Regex.Matches(Topic, @"(?m)^ {4}(?:PS>|>>) (.*)$").Select(line => line.Groups[1].Value)];

        Shell.Run($"Import-Module '{typeof(ExportCsvCommand).Assembly.Location}'").ThrowIfFailed();
        ShellResult result;
        try
        {
            result = Shell.Run(string.Join("\n", lines)).ThrowIfFailed();
        }
        finally
        {
            File.Delete("approved.csv");
        }

        Assert.InRange(lines.Length, 10, 100);
        Assert.Equal(
            "KeyVaultDeleted,CogRecover.Commands.RestoreCognitiveAccountCommand", result.Output[^2].ToString());
        Assert.Contains("Undo-AzKeyVaultRemoval", result.Output[^1].ToString(), StringComparison.Ordinal);
    }
}
