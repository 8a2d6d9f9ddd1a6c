using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

/// <summary>Many accounts that somebody purges at this moment.</summary>
public sealed class PurgeUnderWayTests : ModuleTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { PurgeTime = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData("")]
    [InlineData("-SkipPrerequisiteCheck")]
    public void None_of_many_that_are_being_purged_is_restored(string switches)
    {
        GivenDeleted([.. Enumerable.Range(0, 40).Select(number => $"account-{number}")]);
        Shell.Run("""
            $accounts = Get-DeletedCognitiveAccount
            $null = Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force -NoWait
            """).ThrowIfFailed();
        Arm.ClearRequests();

        ShellResult result = Shell.Run($"$accounts | Restore-CognitiveAccount {switches}");

        Assert.Equal(40, result.Errors.Count);
        Assert.All(result.Errors, error =>
            Assert.Equal($"OperationInProgress,{RestoreClass}", error.FullyQualifiedErrorId));
        Assert.Empty(Writes);
    }
}
