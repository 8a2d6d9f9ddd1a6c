using CogRecover.Sandbox.Arm;

namespace CogRecover.Module.Tests;

public sealed class SlowCompletionTests : CompletionTest
{
    private protected override SimulatedArmOptions Options => base.Options with { Latency = TimeSpan.FromSeconds(3) };

    [Fact]
    public void What_comes_too_late_for_one_Tab_is_there_for_a_later_one()
    {
        GivenAccounts();

        Assert.Empty(Complete("Restore-CognitiveAccount -Name ac"));
        string[] offered = [];
        for (var presses = 0; offered.Length == 0 && presses < 10; presses++)
            offered = Complete("Restore-CognitiveAccount -Name ac");

        Assert.Equal(["acme-ai", "acme-speech"], offered);
        Assert.Single(Arm.Requests);
    }
}
