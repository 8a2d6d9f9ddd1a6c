using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

/// <summary>Restores that Azure accepts, and that take a while.</summary>
public sealed class RestoreOperationTests : RunbookTest
{
    private protected override string Runbook => "Restore-UnexpectedDeletion";

    private protected override SimulatedArmOptions Options =>
        base.Options with { RestoreTime = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public void An_operation_that_Azure_ends_as_failed_fails_the_job()
    {
        GivenDeleted("contoso");
        Arm.Faults.Set(
            new Fault { Kind = FaultKind.Operation, Path = "/operationResults/" },
            new Fault
            {
                Kind = FaultKind.Edit, Method = "GET", Path = "/accounts/contoso$",
                Edits = new() { ["/properties/provisioningState"] = "Failed" },
            });

        ShellResult result = Run();

        Assert.Equal(["contoso"], Named(result, "Failed"));
        AssertSummary(result, "Restored=0 Failed=1");
        AssertFailed(result, "contoso", "was set to end Failed");
    }

    [Fact]
    public void The_job_waits_until_each_account_lives()
    {
        GivenDeleted("one", "two");

        Assert.Equal(["one", "two"], Named(Run().ThrowIfFailed(), "Restored"));
        Assert.All(Arm.State.Accounts, account => Assert.Equal("Succeeded", account.ProvisioningState));
    }
}
