using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Dependencies;

public sealed class SilentLookupTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    [Fact]
    public async Task A_look_that_is_never_answered_is_unknown_and_holds_nothing_up()
    {
        DeletedCognitiveAccount account = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Silence, Path = "/permissions$" });
        var recovery = new AccountRecovery(Connection(Arm.Endpoint, lookupSeconds: 5));

        RestoreTestResult result = (await recovery.Prerequisites.TestAsync(account, Cancellation)).Result;

        RestoreCheck silent = Assert.Single(result.Checks, check => check.Status == RestoreCheckStatus.Unknown);
        Assert.Equal("Permission", silent.Name);
        Assert.Contains("no answer within", silent.Message, StringComparison.Ordinal);
        Assert.True(result.CanRestore);
    }
}
