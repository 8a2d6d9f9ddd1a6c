using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Help;

/// <summary>The examples of the help, run as they stand there against the sandbox's sample data.</summary>
public sealed class HelpExampleTests : ModuleTest
{
    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (HelpExample example in HelpExample.Read()) examples.Add(example.Command, example.Title);
            return examples;
        }
    }

    private protected override SimulatedArmOptions Options => new()
    {
        RestoreTime = TimeSpan.FromSeconds(0.2), PurgeTime = TimeSpan.FromSeconds(0.2),
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_example_does_something_without_an_error_or_a_question(string command, string title)
    {
        HelpExample example = HelpExample.Read().Single(one => one.Command == command && one.Title == title);

        ShellResult result = Shell.Run(example.Code).ThrowIfFailed();
        Shell.Run("Get-Job | Wait-Job | Receive-Job").ThrowIfFailed();

        Assert.Contains(command, example.Code, StringComparison.Ordinal);
        Assert.True(
            result.Output.Count > 0 || Writes.Any() || Screen.ToString().Contains("What if:", StringComparison.Ordinal),
            "Nothing came of it.");
    }

    [Fact]
    public void Each_cmdlet_has_four_examples_or_more_with_a_sentence_each_in_lines_that_fit() => Assert.All(
        HelpExample.Read().GroupBy(example => example.Command), command =>
        {
            Assert.InRange(command.Count(), 4, 10);
            Assert.All(command.Select((example, index) => (example, Number: index + 1)), one =>
            {
                Assert.StartsWith($"-------- Example {one.Number}: ", one.example.Title, StringComparison.Ordinal);
                Assert.EndsWith(".", one.example.Remarks, StringComparison.Ordinal);

                // Get-Help indents by four, and breaks longer lines in a window of 80 columns.
                Assert.All(one.example.Code.Split('\n'), line => Assert.InRange(line.Length, 1, 75));
            });
        });
}
