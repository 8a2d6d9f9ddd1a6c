using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

/// <summary>A service that takes few writes, as ARM counts them.</summary>
public sealed class WriteLimitTests : ModuleTest
{
    private protected override SimulatedArmOptions Options => base.Options with
    {
        WritesPerSecond = 10,
        WriteBurst = 5,
        Latency = TimeSpan.FromMilliseconds(20),
    };

    [Fact]
    public void Who_has_to_wait_for_few_writes_is_told_in_verbose_output_and_not_at_each_request()
    {
        GivenDeleted([.. Enumerable.Range(10, 30).Select(i => $"account-{i}")]);

        ShellResult result = Shell.Run("""
            $accounts = Get-DeletedCognitiveAccount
            $accounts | Restore-CognitiveAccount -SkipPrerequisiteCheck -ThrottleLimit 30 -Verbose
            """).ThrowIfFailed();

        Assert.Equal(30, result.Output.Count);
        string[] told = [.. result.Verbose.Where(line =>
            line.StartsWith($"Few writes of subscription {Subscription} are left: 10 are sent per second, and all that "
                + "wait now are sent by ", StringComparison.Ordinal))];
        Assert.InRange(told.Length, 1, 10);
        Assert.Equal(told.Distinct(), told);
    }
}
