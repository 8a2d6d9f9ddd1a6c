using System.Management.Automation;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Help;

/// <summary>The help that PowerShell finds, held against the commands.</summary>
public sealed class HelpTests : ModuleTest
{
    private const string Repository = "https://github.com/cogrecover/cogrecover";

    private static string Root { get; } = Path.Combine(Path.GetDirectoryName(ModuleShell.Manifest)!, "..", "..");

    [Fact]
    public void Each_cmdlet_has_help_and_each_help_a_cmdlet() => Assert.Equal(
        Commands().Select(command => command.Name).Order(),
        HelpExample.Read().Select(example => example.Command).Distinct().Order());

    [Fact]
    public void Each_parameter_is_described_as_it_is() => Assert.All(Commands(), command =>
    {
        AssertSame(command.Parameters, command.DescribedParameters);
        Assert.All(command.Descriptions, parameter => Assert.InRange(parameter.Description.Length, 10, 600));
    });

    [Fact]
    public void Each_parameter_set_has_a_syntax_and_the_default_comes_first() => Assert.All(Commands(), command =>
        AssertSame(command.Sets, command.Syntaxes));

    [Fact]
    public void What_goes_in_and_what_comes_out_is_described() => Assert.All(Commands(), command =>
    {
        AssertSame(command.Inputs, command.DescribedInputs);
        AssertSame(command.Outputs, command.DescribedOutputs);
    });

    [Fact]
    public void Each_cmdlet_says_what_it_does_and_which_permissions_it_takes() => Assert.All(Commands(), command =>
    {
        Assert.Single(command.Paragraphs("details", "description"));
        Assert.NotEmpty(command.Paragraphs("description"));
        Assert.Contains(command.Paragraphs("alertSet", "alert"), note =>
            note.StartsWith("Permissions: ", StringComparison.Ordinal));
    });

    [Fact]
    public void Each_permission_that_is_named_is_one_of_the_role()
    {
        string permissions = File.ReadAllText(Path.Combine(Root, "docs", "permissions.md"));

        Assert.All(Commands(), command => Assert.All(
            Regex.Matches(string.Join("\n", command.Paragraphs("alertSet", "alert")), @"Microsoft\.\w+/[\w/]+"),
            action => Assert.Contains($"\"{action.Value}\"", permissions, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_online_help_is_the_first_link_and_each_link_leads_somewhere() => Assert.All(Commands(), command =>
    {
        Assert.Equal(command.OnlineHelp, command.Links.First());
        Assert.All(command.Links, AssertLeadsSomewhere);
    });

    private static void AssertSame(IEnumerable<string> code, IEnumerable<string> help) => Assert.True(
        code.SequenceEqual(help),
        $"Only the code has:\n{string.Join("\n", code.Except(help))}\n"
        + $"Only the help has:\n{string.Join("\n", help.Except(code))}");

    private static void AssertLeadsSomewhere(string link)
    {
        Assert.StartsWith(Repository, link, StringComparison.Ordinal);
        string[] parts = link[Repository.Length..].Split('#');
        string page = parts[0].Length == 0
            ? "README.md"
            : parts[0].Replace("/blob/main/", "", StringComparison.Ordinal);
        string[] headings = [.. Regex.Matches(File.ReadAllText(Path.Combine(Root, page)), "(?m)^#+ (.*)$")
            .Select(heading => heading.Groups[1].Value.Trim().ToLowerInvariant().Replace(' ', '-'))];
        if (parts is [_, var anchor]) Assert.Contains(anchor, headings);
    }

    private CommandHelp[] Commands() =>
    [
        .. Shell.Run("Get-Command -Module CogRecover").ThrowIfFailed().Output
            .Select(command => (CmdletInfo)command.BaseObject)
            .Select(command => new CommandHelp(
                command, Assert.Single(Shell.Run($"Get-Help {command.Name} -Full").ThrowIfFailed().Output))),
    ];
}
