using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests;

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
    public void Thirty_accounts_are_all_restored_and_few_requests_are_refused()
    {
        string[] names = [.. Enumerable.Range(10, 30).Select(i => $"account-{i}")];
        GivenDeleted(names);

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -SkipPrerequisiteCheck")
            .ThrowIfFailed();

        Assert.Equal(names, Names(result));
        Assert.Empty(Arm.State.DeletedAccounts);
        ArmRequest[] sent = [.. Writes];
        ArmRequest[] accepted = [.. sent.Where(request => request.Status == 201)];
        Assert.Equal(30, accepted.Length);

        // As many as go at once may be refused before the service has said how many it takes; then no more than a few.
        Assert.InRange(sent.Length - accepted.Length, 1, 29);
    }
}
