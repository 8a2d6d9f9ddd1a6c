using System.Management.Automation;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Batch;

/// <summary>Whoever stops a command is told of every account whose outcome they haven't seen.</summary>
public sealed class StopNamesTests : ModuleTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { PurgeTime = TimeSpan.FromSeconds(60) };

    [Fact]
    public void An_outcome_that_wasnt_written_any_more_is_none()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3");
        using var timedOut = new CountdownEvent(2);
        Arm.Intercept = async context =>
        {
            if (!SimulatedArm.IsPoll(context)) return false;
            try
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            finally
            {
                if (!timedOut.IsSet) timedOut.Signal();
            }

            return true;
        };
        using (PowerShell shell = Shell.Create(""))
            shell.Runspace.SessionStateProxy.SetVariable("timedOut", timedOut);

        ShellResult result = Shell.Run("""
            $a = Get-DeletedCognitiveAccount
            & { $a[0]; $a[1]; $a[0]; $timedOut.Wait(); [System.Threading.Thread]::Sleep(300); $a[2] } |
                Remove-DeletedCognitiveAccount -Force -Timeout 00:00:03 -ErrorAction Stop
            """);

        // Both have timed out while the pipeline was busy elsewhere. The first error ends it.
        string failed = Assert.IsType<ActionPreferenceStopException>(result.TerminatedBy).ErrorRecord
            .TargetObject.ToString()!;
        string other = failed == "contoso-1" ? "contoso-2" : "contoso-1";
        Assert.Contains($"goes on with: '{other}'", Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_Azure_has_refused_and_nobody_has_seen_is_named_as_failed()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3");
        using var arrived = new CountdownEvent(3);
        int requests = 0;
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "DELETE") return false;

            // The first goes ahead alone: it comes again. All are refused only once all have been piped in, as an error
            // that is seen ends the command.
            if (Interlocked.Increment(ref requests) == 1)
            {
                context.Response.StatusCode = 409;
                await context.Response.WriteAsync("""{"error":{"code":"RequestConflict","message":"It is busy."}}""");
                return true;
            }

            arrived.Signal();
            while (!arrived.IsSet) await Task.Delay(10, context.RequestAborted);
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync("""{"error":{"code":"Odd","message":"No."}}""");
            return true;
        };
        using (PowerShell shell = Shell.Create("")) shell.Runspace.SessionStateProxy.SetVariable("arrived", arrived);

        // What is piped in again runs what is pending.
        ShellResult result = Shell.Run("""
            $accounts = Get-DeletedCognitiveAccount
            & { do { $accounts } until ($arrived.Wait(50)); [System.Threading.Thread]::Sleep(500) } |
                Remove-DeletedCognitiveAccount -Force -ErrorAction Stop
            """);

        Assert.IsType<ActionPreferenceStopException>(result.TerminatedBy);
        Assert.Contains(": 0 purged, 0 under way, 0 not started, 3 failed. Failed, but not shown: 'contoso-",
            Regex.Replace($"{Screen}", "\\s+", " "), StringComparison.Ordinal);
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
    public async Task A_stop_counts_what_is_done_goes_on_and_wasnt_begun_and_tells_accounts_of_one_name_apart()
    {
        for (int group = 0; group < 6; group++) Arm.State.AddDeletedAccount("same", $"rg-{group}");
        int purges = 0;

        // The first that comes is purged at once, the others take a minute.
        Arm.Intercept = context => Task.FromResult(
            context.Request.Method == "DELETE" && Interlocked.Increment(ref purges) == 1);
        using PowerShell pipeline = Shell.Create(
            "Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force -ThrottleLimit 2 -PassThru "
            + "-WarningVariable caught");
        var output = new PSDataCollection<PSObject>();
        IAsyncResult run = pipeline.BeginInvoke<PSObject, PSObject>(null, output);
        await WaitForPollsAsync(2);
        while (output.Count == 0) await Task.Delay(20, TestContext.Current.CancellationToken);

        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        string said = Screen.ToString();
        Assert.Contains("Remove-DeletedCognitiveAccount was stopped: 1 purged, 2 under way, 3 not started. Azure has "
            + "accepted the requests, and goes on with: ", said, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(said, @"'same' \(resource group 'rg-\d', eastus\)"));
        Assert.Contains("Get-DeletedCognitiveAccount shows what is still deleted", said, StringComparison.Ordinal);
        Assert.Contains("3 not started", Assert.Single(Shell.Run("$caught").Output).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_waited_for_goes_on_after_a_stop()
    {
        GivenDeleted("contoso-1", "contoso-2");

        Shell.Run($"Import-Module '{typeof(SelectFirstCommand).Assembly.Location}'").ThrowIfFailed();

        Shell.Run("Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force -NoWait -ThrottleLimit 1 | "
            + "Select-First");

        Assert.Matches(
            @"was stopped: 0 purged, [12] under way, [01] not started\. Azure has accepted the requests, and goes on with: 'contoso-",
            Screen.ToString());
    }

    [Fact]
    public async Task A_stop_at_a_question_counts_what_has_ended_meanwhile()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3");

        // The first is purged once the last question is posed, the second takes a minute.
        var asked = new TaskCompletionSource();
        Arm.Intercept = async context =>
        {
            if (context.Request is not { Method: "DELETE", Path.Value: { } path }
                || !path.EndsWith("/contoso-1", StringComparison.Ordinal)) return false;
            await asked.Task;
            return true;
        };
        using var stopped = new ManualResetEventSlim();
        using PowerShell pipeline = Shell.Create(
            "'contoso-1', 'contoso-2', 'contoso-3' | Remove-DeletedCognitiveAccount -ThrottleLimit 1");
        Shell.Ui.Answer = (question, labels) =>
        {
            if (!question.Contains("'contoso-3'", StringComparison.Ordinal)) return labels.ToList().IndexOf("Yes");

            // The user thinks about it, and then presses Ctrl+C: so a console's prompt ends.
            asked.SetResult();
            stopped.Wait(TestContext.Current.CancellationToken);
            throw new PipelineStoppedException();
        };
        IAsyncResult run = pipeline.BeginInvoke();

        // With one operation at a time, the first has ended by then.
        await WaitForPollsAsync(1);
        Task stop = Task.Run(pipeline.Stop, TestContext.Current.CancellationToken);
        while (pipeline.InvocationStateInfo.State == PSInvocationState.Running)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        stopped.Set();
        await stop;
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        Assert.Contains("was stopped: 1 purged, 1 under way, 1 not started.", Screen.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("Already purged, but not shown: 'contoso-1'.", Screen.ToString(),
            StringComparison.Ordinal);
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
            "It isn't known whether Azure has accepted the requests for: 'contoso-1'", Screen.ToString(), StringComparison.Ordinal);
    }
}
