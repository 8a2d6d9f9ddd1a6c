using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Batch;

/// <summary>What a user sees of a service that answers 429.</summary>
public sealed class ThrottlingTests : ModuleTest
{
    private const string Restore = "Restore-CognitiveAccount -SkipPrerequisiteCheck";
    private const string OtherSubscription = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Restore, "PUT", "writes")]
    [InlineData("Remove-DeletedCognitiveAccount -Force -PassThru", "DELETE", "deletes")]
    public void Refusals_of_one_moment_are_one_verbose_line_that_says_what_waits_and_until_when(
        string command, string method, string kind)
    {
        string[] names = ["one", "five", "four", "three", "two"];
        GivenDeleted(names);
        var all = new TaskCompletionSource();
        int arrived = 0;
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != method) return false;

            // The first goes ahead alone.
            int number = Interlocked.Increment(ref arrived);
            if (number == 1 || number > names.Length) return false;
            if (number == names.Length) all.SetResult();
            await all.Task.WaitAsync(context.RequestAborted);
            return await RefuseAsync(context, retryAfter: 2);
        };

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount | {command} -Verbose").ThrowIfFailed();

        Assert.Equal(names.Order(), Names(result));
        string line = Assert.Single(result.Verbose, line => line.Contains("accepts no more", StringComparison.Ordinal));
        Match said = Regex.Match(line, $"^Azure Resource Manager accepts no more {kind} of subscription {Subscription} "
            + @"until (\d\d:\d\d:\d\d) UTC\. All such requests wait until then\.$");
        Assert.True(said.Success, line);
        var until = TimeOnly.ParseExact(said.Groups[1].Value, "HH:mm:ss", CultureInfo.InvariantCulture);
        TimeOnly[] times = [.. Arm.Requests.Where(request => request.Method == method)
            .Select(request => TimeOnly.FromDateTime(request.At.UtcDateTime))];
        Assert.Equal((2 * names.Length) - 1, times.Length);
        Assert.All(times.Take(names.Length), refused => AssertBefore(refused, until));
        Assert.All(times.Skip(names.Length), accepted => AssertBefore(until, accepted));
    }

    [Theory]
    [InlineData("Restore-CognitiveAccount contoso", "PUT", "^contoso .* s\\): {0} writes of subscription {1} until ")]
    [InlineData("Remove-DeletedCognitiveAccount contoso -Force", "DELETE",
        "^contoso .* s\\): {0} deletes of subscription {1} until ")]
    [InlineData("Get-DeletedCognitiveAccount", "GET",
        "^0 of 1 subscriptions, 0 accounts: {0} reads of subscription {1} until ")]
    [InlineData("Get-DeletedCognitiveAccount -AllSubscriptions", "GET",
        "^0 of 0 subscriptions, 0 accounts: {0} reads until ")]
    public void The_progress_says_what_waits_and_until_when(string script, string method, string status)
    {
        GivenDeleted("contoso");
        status = string.Format(CultureInfo.InvariantCulture, status, "Azure Resource Manager accepts no more",
            Subscription);
        RefuseUntilTheProgressSays(method, status);

        ShellResult result = Shell.Run(script).ThrowIfFailed();

        Assert.True(HasProgress(status), string.Join('\n', Shell.Ui.Progress.Select(one => one.StatusDescription)));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    [Fact]
    public void The_progress_counts_the_accounts_that_wait()
    {
        GivenDeleted("one", "two", "three", "four", "five");
        const string status = "^0 of 5 done, 0 running, 5 waiting: Azure Resource Manager accepts no more writes";
        RefuseUntilTheProgressSays("PUT", status);

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount | {Restore}").ThrowIfFailed();

        Assert.Equal(5, result.Output.Count);
        Assert.True(HasProgress(status), string.Join('\n', Shell.Ui.Progress.Select(one => one.StatusDescription)));
    }

    [Theory]
    [InlineData(Restore, "PUT", RestoreClass)]
    [InlineData("Remove-DeletedCognitiveAccount -Force", "DELETE", RemoveClass)]
    public void A_wait_that_would_outlast_the_timeout_is_refused_at_once_and_each_command_asks_once(
        string command, string method, string type)
    {
        GivenDeleted("one", "two", "three");
        Arm.Intercept = async context =>
            context.Request.Method == method && await RefuseAsync(context, retryAfter: 3000);

        ShellResult result = Shell.Run(
            $"Get-DeletedCognitiveAccount | {command} -Timeout 00:40:00 -ThrottleLimit 1 | Out-Null;"
            + $"Get-DeletedCognitiveAccount | {command} -Timeout 00:40:00");

        Assert.Equal(6, result.Errors.Count);
        Assert.All(result.Errors, error => AssertError(error, $"RequestThrottled,{type}", ErrorCategory.LimitsExceeded,
            $"{error.TargetObject}", $"Account '{error.TargetObject}' in resource group 'rg-ai' wasn't",
            "Run the command again after "));
        Assert.Equal(2, Writes.Count());
        Assert.Equal(3, Arm.State.DeletedAccounts.Count);
    }

    [Fact]
    public void A_later_command_gets_through_though_an_earlier_one_was_told_to_wait_an_hour()
    {
        GivenDeleted("one", "two", "three");
        int refused = 0;
        Arm.Intercept = async context => context.Request.Method == "PUT" && Interlocked.Increment(ref refused) == 1
            && await RefuseAsync(context, retryAfter: 3600);

        ShellResult result = Shell.Run("""
            Restore-CognitiveAccount one
            Get-DeletedCognitiveAccount | Restore-CognitiveAccount
            """);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"RequestThrottled,{RestoreClass}", error.FullyQualifiedErrorId);
        Assert.Equal("one", error.TargetObject.ToString());
        Match said = Regex.Match(error.ErrorDetails.RecommendedAction,
            @"^Run the command again after (\d\d:\d\d:\d\d) UTC, or with a longer -Timeout\.$");
        Assert.True(said.Success, error.ErrorDetails.RecommendedAction);
        TimeSpan wait = TimeOnly.ParseExact(said.Groups[1].Value, "HH:mm:ss", CultureInfo.InvariantCulture)
            - TimeOnly.FromDateTime(DateTime.UtcNow);
        Assert.InRange(wait, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
        Assert.Equal(["one", "three", "two"], Names(result));
        Assert.Equal(4, Writes.Count());
    }

    [Fact]
    public void The_progress_goes_on_to_say_what_waits_longest()
    {
        Arm.State.AddSubscription(OtherSubscription, "Other");
        string longest = "1 of 2 subscriptions, 0 accounts: Azure Resource Manager accepts no more reads of subscription "
            + Subscription;
        var refused = new TaskCompletionSource();
        int others = 0;
        int ours = 0;
        Arm.Intercept = async context =>
        {
            string path = context.Request.Path.Value!;
            if (path.Contains(OtherSubscription, StringComparison.Ordinal) && Interlocked.Increment(ref others) == 1)
            {
                await refused.Task.WaitAsync(context.RequestAborted);
                return await RefuseAsync(context, retryAfter: 1);
            }

            if (!path.Contains(Subscription, StringComparison.Ordinal) || HasProgress(longest)) return false;
            refused.TrySetResult();
            return Interlocked.Increment(ref ours) <= 4 && await RefuseAsync(context, retryAfter: 4);
        };

        Shell.Run("Get-DeletedCognitiveAccount -AllSubscriptions").ThrowIfFailed();

        Assert.True(HasProgress(longest), string.Join('\n', Shell.Ui.Progress.Select(one => one.StatusDescription)));
    }

    [Fact]
    public async Task A_stop_ends_the_wait_and_names_no_account()
    {
        GivenDeleted("contoso");
        Arm.Intercept = async context =>
            context.Request.Method == "PUT" && await RefuseAsync(context, retryAfter: 1200);
        using PowerShell pipeline = Shell.Create("Restore-CognitiveAccount contoso");
        IAsyncResult run = pipeline.BeginInvoke();
        while (!HasProgress("accepts no more writes")) await Task.Delay(20, Cancellation);

        await pipeline.StopAsync(null, null).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));

        Assert.DoesNotContain("contoso", Screen.ToString(), StringComparison.Ordinal);
        Assert.Single(Writes);
    }

    private static async Task<bool> RefuseAsync(HttpContext context, int retryAfter)
    {
        context.Response.StatusCode = 429;
        context.Response.Headers.RetryAfter = retryAfter.ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsync(
            """{"error":{"code":"SubscriptionRequestsThrottled","message":"Too many."}}""");
        return true;
    }

    // The bar is refreshed a few times a second: on a slow machine one second's wait may pass without it. The number of
    // refusals has an end, so that a bar that never says so fails the test.
    private void RefuseUntilTheProgressSays(string method, string status)
    {
        int refused = 0;
        Arm.Intercept = async context =>
            context.Request.Method == method && !HasProgress(status) && Interlocked.Increment(ref refused) <= 8
            && await RefuseAsync(context, retryAfter: 1);
    }

    private bool HasProgress(string status)
    {
        lock (Shell.Ui.Progress)
            return Shell.Ui.Progress.Exists(record => Regex.IsMatch(record.StatusDescription, status));
    }

    private static void AssertBefore(TimeOnly earlier, TimeOnly later) =>
        Assert.True(later - earlier < TimeSpan.FromHours(12), $"{earlier:O} isn't before {later:O}.");
}
