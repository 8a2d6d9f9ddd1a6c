using System.Diagnostics;
using System.Management.Automation;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Batch;

public sealed class StopTests : ModuleTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected override SimulatedArmOptions Options =>
        base.Options with { RestoreTime = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task A_stopped_restore_ends_at_once_and_names_what_goes_on()
    {
        GivenDeleted("contoso-one", "contoso-two");
        using PowerShell pipeline = Shell.Create("Get-DeletedCognitiveAccount | Restore-CognitiveAccount");
        IAsyncResult run = pipeline.BeginInvoke();
        await WaitForPollsAsync(2);
        var since = Stopwatch.StartNew();

        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(2), $"It took {since.Elapsed}.");
        await AssertNoMoreRequestsAsync();
        string said = Screen.ToString();
        Assert.Contains("'contoso-one'", said, StringComparison.Ordinal);
        Assert.Contains("'contoso-two'", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runspace_that_closes_ends_the_work_at_once()
    {
        GivenDeleted("contoso-one");
        using PowerShell pipeline = Shell.Create("Restore-CognitiveAccount contoso-one");
        IAsyncResult run = pipeline.BeginInvoke();
        await WaitForPollsAsync(1);
        var since = Stopwatch.StartNew();

        Shell.Dispose();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(2), $"It took {since.Elapsed}.");
        await AssertNoMoreRequestsAsync();
        Assert.Contains("goes on with: 'contoso-one'", Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_while_a_lost_answer_is_looked_for_says_that_the_outcome_isnt_known()
    {
        GivenDeleted("contoso-one");
        Arm.Faults.Set(
            new Fault { Kind = FaultKind.Reset, Method = "DELETE" },
            new Fault { Kind = FaultKind.Silence, Method = "GET", Path = "/deletedAccounts/" });
        using PowerShell pipeline = Shell.Create(
            "Remove-DeletedCognitiveAccount contoso-one -ResourceGroupName rg-ai -Force");
        IAsyncResult run = pipeline.BeginInvoke();
        while (Arm.Faults.Strikes is not [1, 1]) await Task.Delay(10, Cancellation);

        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        Assert.Contains("isn't known whether Azure has accepted the requests for: 'contoso-one'", Screen.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Restore-CognitiveAccount", "PUT")]
    [InlineData("Remove-DeletedCognitiveAccount -Force", "DELETE")]
    public async Task A_stop_doesnt_name_what_has_failed_already(string command, string method)
    {
        GivenDeleted("contoso-one", "contoso-two");
        var refused = new TaskCompletionSource();
        Arm.Intercept = async context =>
        {
            string path = context.Request.Path.Value!;
            if (SimulatedArm.IsPoll(context))
            {
                await context.Response.WriteAsync("""{"status":"Running"}""");
                return true;
            }

            if (context.Request.Method != method || !path.EndsWith("-two", StringComparison.Ordinal)) return false;
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync("""{"error":{"code":"Odd","message":"No."}}""");
            refused.TrySetResult();
            return true;
        };
        using PowerShell pipeline = Shell.Create($"Get-DeletedCognitiveAccount | {command}");
        IAsyncResult run = pipeline.BeginInvoke();
        await refused.Task.WaitAsync(Cancellation);
        while (pipeline.Streams.Error.Count == 0 || !Arm.Requests.Any(IsPoll))
            await Task.Delay(20, Cancellation);

        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        Assert.Contains("goes on with: 'contoso-one'.", Screen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("'contoso-two'", Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_downstream_error_stops_the_work_at_once()
    {
        GivenDeleted("account-1", "account-2", "account-3", "account-4");
        var since = Stopwatch.StartNew();

        // The first answers at once, the others' operations take half a minute.
        Arm.Intercept = async context =>
        {
            string path = context.Request.Path.Value!;
            if (context.Request.Method != "PUT" || !path.EndsWith("-1", StringComparison.Ordinal)) return false;
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync($$$"""
                {"id":"{{{LiveId("account-1")}}}","location":"westus2","properties":{"provisioningState":"Succeeded"}}
                """);
            return true;
        };
        ShellResult result = Shell.Run("""
            Get-DeletedCognitiveAccount | Restore-CognitiveAccount -SkipPrerequisiteCheck |
                & { process { throw 'enough' } }
            """);

        Assert.Equal("enough", result.TerminatedBy!.Message);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), $"It took {since.Elapsed}.");
        await AssertNoMoreRequestsAsync();
    }

    [Fact]
    public async Task Select_First_ends_the_command_and_names_what_goes_on()
    {
        GivenDeleted("account-1", "account-2", "account-3");
        int requests = 0;
        Arm.Intercept = async context =>
        {
            // This one is answered once the others are under way, which takes half a minute. They wait for the answer
            // to the first request.
            string path = context.Request.Path.Value!;
            if (context.Request.Method != "PUT") return false;
            bool isFirst = Interlocked.Increment(ref requests) == 1;
            if (!path.EndsWith("-1", StringComparison.Ordinal)) return false;
            if (isFirst)
            {
                context.Response.StatusCode = 409;
                await context.Response.WriteAsync("""{"error":{"code":"RequestConflict","message":"It is busy."}}""");
                return true;
            }

            await WaitForPollsAsync(2);
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync($$$"""
                {"id":"{{{LiveId("account-1")}}}","location":"westus2","properties":{"provisioningState":"Succeeded"}}
                """);
            return true;
        };
        Shell.Run($"Import-Module '{typeof(SelectFirstCommand).Assembly.Location}'").ThrowIfFailed();
        var since = Stopwatch.StartNew();

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount | Restore-CognitiveAccount -SkipPrerequisiteCheck | Select-First");

        Assert.Equal(["account-1"], Names(result));
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(15), $"It took {since.Elapsed}.");
        string said = Screen.ToString();
        Assert.Contains("goes on with: ", said, StringComparison.Ordinal);
        Assert.Contains("'account-2'", said, StringComparison.Ordinal);
        Assert.Contains("'account-3'", said, StringComparison.Ordinal);
        Assert.DoesNotContain("'account-1'", said, StringComparison.Ordinal);
        await AssertNoMoreRequestsAsync();
    }

    [Fact]
    public async Task A_timeout_ends_the_command_and_says_of_each_account_that_it_goes_on()
    {
        GivenDeleted("account-1", "account-2");
        var since = Stopwatch.StartNew();

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount | Restore-CognitiveAccount -SkipPrerequisiteCheck -Timeout 00:00:03");

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(15), $"It took {since.Elapsed}.");
        Assert.Equal(["account-1", "account-2"], result.Errors.Select(error => $"{error.TargetObject}").Order());
        Assert.All(result.Errors, error =>
        {
            Assert.Equal($"OperationTimedOut,{RestoreClass}", error.FullyQualifiedErrorId);
            Assert.Contains("The service has accepted it, and it goes on there", $"{error}", StringComparison.Ordinal);
        });
        await AssertNoMoreRequestsAsync();
    }

    [Fact]
    public async Task A_stop_while_the_group_is_created_doesnt_name_an_account_whose_restore_wasnt_sent()
    {
        GivenDeletedWithoutGroup("contoso-one");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Silence, Method = "PUT" });
        using PowerShell pipeline = Shell.Create("Restore-CognitiveAccount contoso-one -CreateResourceGroup");
        IAsyncResult run = pipeline.BeginInvoke();
        while (Arm.Faults.Strikes is not [1]) await Task.Delay(10, Cancellation);

        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        Assert.DoesNotContain("'contoso-one'", Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_before_the_answer_says_that_the_outcome_isnt_known()
    {
        GivenDeleted("contoso-one");
        var arrived = new TaskCompletionSource();
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT") return false;
            arrived.SetResult();
            await Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted);
            return true;
        };
        using PowerShell pipeline = Shell.Create("Restore-CognitiveAccount contoso-one");
        IAsyncResult run = pipeline.BeginInvoke();
        await arrived.Task.WaitAsync(Cancellation);

        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        Assert.Contains("isn't known whether Azure has accepted the requests for: 'contoso-one'", Screen.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_stops_ends_the_command_and_names_what_goes_on()
    {
        GivenDeleted("contoso-one");
        Arm.State.AddDeletedAccount("contoso-two", "rg-retired");
        Arm.State.RemoveResourceGroup("rg-retired");
        Arm.Intercept = async context =>
        {
            // The second is refused once the first is under way.
            if (context.Request.Method == "PUT"
                && context.Request.Path.Value!.EndsWith("contoso-two", StringComparison.Ordinal))
                await WaitForPollsAsync(1);
            return false;
        };
        var since = Stopwatch.StartNew();

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount | Restore-CognitiveAccount -SkipPrerequisiteCheck -ErrorAction Stop");

        Assert.Equal($"ResourceGroupNotFound,{RestoreClass}", result.TerminatedBy!.ErrorRecord.FullyQualifiedErrorId);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), $"It took {since.Elapsed}.");
        Assert.Contains("goes on with: 'contoso-one'", Screen.ToString(), StringComparison.Ordinal);
    }

    private static bool IsPoll(ArmRequest request) =>
        request.Path.Contains("/operationResults/", StringComparison.Ordinal);
}
