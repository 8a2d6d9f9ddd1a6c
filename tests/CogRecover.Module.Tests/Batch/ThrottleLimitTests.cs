using System.Management.Automation;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

/// <summary>How much is under way at once, counted where the requests arrive.</summary>
public sealed class ThrottleLimitTests : ModuleTest
{
    private int now;
    private int most;

    [Fact]
    public void A_limit_that_makes_no_sense_is_refused_before_a_request()
    {
        foreach (string limit in (string[])["-1", "0", "257", "10000", "99999999999", "many"])
        foreach (string command in (string[])
            ["Get-DeletedCognitiveAccount -AllSubscriptions", "Restore-CognitiveAccount x",
                "Remove-DeletedCognitiveAccount x -Force", "Test-CognitiveAccountRestore x"])
        {
            ErrorRecord error = Assert.Single(Shell.Run($"{command} -ThrottleLimit {limit}").Errors);

            Assert.IsType<ParameterBindingException>(error.Exception, exactMatch: false);
            Assert.Contains("'ThrottleLimit'", error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(Arm.Requests);
    }

    [Theory]
    [InlineData("Get-DeletedCognitiveAccount -AllSubscriptions", "/deletedAccounts$")]
    [InlineData("$all | ForEach-Object { [pscustomobject] @{ SubscriptionId = $_ } } | Get-DeletedCognitiveAccount",
        "/deletedAccounts$")]
    [InlineData("Get-DeletedCognitiveAccount -ResourceId $ids", "/deletedAccounts/account$")]
    [InlineData("Get-DeletedCognitiveAccount -AllSubscriptions -IncludeDeletedBy", "/eventtypes/")]
    [InlineData("Restore-CognitiveAccount -ResourceId $ids -SkipPrerequisiteCheck", "^PUT ")]
    [InlineData("Remove-DeletedCognitiveAccount -ResourceId $ids -Force -PassThru", "^DELETE ")]
    public void As_many_requests_as_the_limit_says_are_under_way_and_no_more(string command, string pattern)
    {
        const int limit = 3;
        string[] all = GivenSubscriptions(12);
        CountRequests(pattern, limit);

        ShellResult result = Shell.Run($$"""
            $all = '{{string.Join("','", all)}}'
            $ids = foreach ($one in $all) {
                "/subscriptions/$one/providers/Microsoft.CognitiveServices/locations/eastus" +
                '/resourceGroups/rg-ai/deletedAccounts/account'
            }
            {{command}} -ThrottleLimit {{limit}}
            """).ThrowIfFailed();

        Assert.Equal(12, result.Output.Count);
        Assert.Equal(limit, most);
    }

    [Fact]
    public void The_largest_limit_lets_all_go_at_once()
    {
        GivenSubscriptions(40);
        CountRequests("/deletedAccounts$", 40);

        Shell.Run("Get-DeletedCognitiveAccount -AllSubscriptions -ThrottleLimit 256").ThrowIfFailed();

        Assert.Equal(40, most);
    }

    [Theory]
    [InlineData("Restore-CognitiveAccount", "PUT")]
    [InlineData("Remove-DeletedCognitiveAccount -Force", "DELETE")]
    public void An_operation_doesnt_wait_for_the_looks_at_the_accounts_after_it(string command, string write)
    {
        string[] ids = [.. Enumerable.Range(0, 6).Select(i => $"account-{i}")];
        GivenDeleted(ids);

        Shell.Run($"'{string.Join("','", ids.Select(name => DeletedId(name)))}' | {command} -ThrottleLimit 1")
            .ThrowIfFailed();

        string[] requests = [.. Arm.Requests.Select(request => $"{request.Method} {request.Path}")];
        int first = Array.FindIndex(requests, request => request.StartsWith(write, StringComparison.Ordinal));
        int lastLook = Array.FindIndex(requests, request => request.EndsWith("/account-5", StringComparison.Ordinal));
        Assert.InRange(first, 0, lastLook - 1);
    }

    [Fact]
    public void The_time_that_an_account_waits_for_its_turn_isnt_the_timeouts()
    {
        string[] names = [.. Enumerable.Range(0, 8).Select(i => $"account-{i}")];
        GivenDeleted(names);
        Arm.Intercept = async context =>
        {
            // Together they take longer than the timeout.
            if (context.Request.Path.Value!.Contains("/deletedAccounts/", StringComparison.Ordinal)
                && context.Request.Method == "GET")
                await Task.Delay(TimeSpan.FromSeconds(0.6), context.RequestAborted);
            return false;
        };
        string ids = string.Join(",", names.Select(name => $"'{DeletedId(name)}'"));

        ShellResult result = Shell.Run(
            $"Restore-CognitiveAccount -ResourceId {ids} -ThrottleLimit 1 -Timeout 00:00:04").ThrowIfFailed();

        Assert.Equal(names, Names(result));
    }

    private string[] GivenSubscriptions(int count)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString())];
        foreach (string id in ids)
        {
            Arm.State.AddSubscription(id, "Contoso");
            Arm.State.AddDeletedAccount("account", "rg-ai", "eastus", subscriptionId: id);
        }

        Arm.State.AddSubscription(Subscription, "Contoso Production", "Disabled");
        return ids;
    }

    // The first wait for each other, to show that so many go at once, and then for one too many.
    private void CountRequests(string pattern, int expected)
    {
        var reached = new TaskCompletionSource();
        Arm.Intercept = async context =>
        {
            if (!Regex.IsMatch($"{context.Request.Method} {context.Request.Path}", pattern)) return false;
            int count = Interlocked.Increment(ref now);
            try
            {
                for (int seen = most; count > seen; seen = most) Interlocked.CompareExchange(ref most, count, seen);
                if (count == expected) reached.TrySetResult();
                if (reached.Task.IsCompleted && count < expected) return false;
                await Task.WhenAny(reached.Task, Task.Delay(TimeSpan.FromSeconds(10), context.RequestAborted));
                await Task.Delay(300, context.RequestAborted);
                return false;
            }
            finally
            {
                Interlocked.Decrement(ref now);
            }
        };
    }
}
