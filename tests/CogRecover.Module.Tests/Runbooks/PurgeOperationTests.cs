using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

/// <summary>A purge that Azure accepts, and that takes longer than anybody waits.</summary>
public sealed class PurgeOperationTests : RunbookTest
{
    private protected override string Runbook => "Clear-DeletedAccount";

    private protected override SimulatedArmOptions Options => base.Options with { PurgeTime = TimeSpan.FromHours(1) };

    [Fact]
    public void An_operation_that_Azure_ends_as_failed_fails_the_job()
    {
        GivenDeleted("contoso");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Operation, Path = "/operationResults/" });

        ShellResult result = Run("-ResourceGroupName rg-ai");

        Assert.Equal(["contoso"], Named(result, "Failed"));
        AssertFailed(result, "contoso");
    }
}
