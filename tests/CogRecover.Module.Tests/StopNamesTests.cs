using System.Management.Automation;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests;

/// <summary>Whoever stops a command is told of every account whose outcome they haven't seen.</summary>
public sealed class StopNamesTests : ModuleTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { PurgeTime = TimeSpan.FromSeconds(60) };

    [Fact]
    public void An_outcome_that_wasnt_written_any_more_is_none()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3");

        ShellResult result = Shell.Run("""
            $a = Get-DeletedCognitiveAccount
            & { $a[0]; $a[1]; [System.Threading.Thread]::Sleep(50); $a[0]; [System.Threading.Thread]::Sleep(9000); $a[2] } |
                Remove-DeletedCognitiveAccount -Force -Timeout 00:00:02 -ErrorAction Stop
            """);

        // Both have timed out while the pipeline was busy elsewhere. The first error ends it.
        string failed = Assert.IsType<ActionPreferenceStopException>(result.TerminatedBy).ErrorRecord
            .TargetObject.ToString()!;
        string other = failed == "contoso-1" ? "contoso-2" : "contoso-1";
        Assert.Contains($"goes on with: '{other}'", Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_ErrorAction_Stop_nothing_is_sent_after_the_first_failure()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 403, Code = "ScopeLocked", Method = "DELETE" });

        ShellResult result = Shell.Run("""
            Get-DeletedCognitiveAccount |
                Remove-DeletedCognitiveAccount -Force -ThrottleLimit 1 -ErrorAction Stop
            """);

        Assert.IsType<ActionPreferenceStopException>(result.TerminatedBy);
        Assert.Single(Writes);
    }

    [Fact]
    public async Task A_refusal_after_a_lost_answer_leaves_open_what_came_of_that()
    {
        GivenDeleted("contoso-1");
        Arm.Faults.Set(
            new Fault { Kind = FaultKind.Reset, Method = "DELETE", Times = 1 },
            new Fault { Kind = FaultKind.Status, Status = 409, Code = "RequestConflict", Method = "DELETE" });
        using PowerShell pipeline = Shell.Create("Remove-DeletedCognitiveAccount contoso-1 -Force");
        IAsyncResult run = pipeline.BeginInvoke();
        while (Arm.Requests.Count(request => request is { Method: "DELETE", Status: 409 }) < 1)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);

        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        Assert.Contains(
            "It isn't known whether Azure has accepted: 'contoso-1'", Screen.ToString(), StringComparison.Ordinal);
    }
}
