using System.Collections.Concurrent;
using System.Management.Automation;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Listing;

/// <summary>Accounts come while the rest of the lists is still read.</summary>
public sealed class ListStreamTests : ModuleTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PSDataCollection<PSObject> written = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected override SimulatedArmOptions Options => base.Options with { PageSize = 2 };

    [Theory]
    [InlineData("Get-DeletedCognitiveAccount")]
    [InlineData("Get-DeletedCognitiveAccount -SubscriptionId (Get-AzContext).Subscription.Id")]
    [InlineData("Get-DeletedCognitiveAccount -AllSubscriptions -ThrottleLimit 1")]
    public void The_accounts_of_a_long_list_are_written_page_by_page(string script)
    {
        GivenDeleted([.. Enumerable.Range(0, 9).Select(number => $"account-{number}")]);
        List<int> seen = [];
        int pages = 1;
        Arm.Intercept = async context =>
        {
            if (!IsNextPage(context)) return false;

            // Three pages are held, as they may be all there is.
            if (++pages > 3)
                await WaitUntilAsync(() => written.Count >= 2 * (pages - 1), context.RequestAborted);
            seen.Add(written.Count);
            return false;
        };

        Run(script);

        Assert.Equal([0, 0, 6, 8], seen);
        Assert.Equal(9, written.Count);
    }

    [Fact]
    public void A_short_list_comes_soonest_to_expire_first()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (string Name, int Hours)[] given = [("a", 2), ("b", 40), ("c", 1), ("d", 47), ("e", 20)];
        foreach ((string name, int hours) in given)
            Arm.State.AddDeletedAccount(name, "rg-ai", deletionDate: now.AddHours(-hours));

        Run("Get-DeletedCognitiveAccount");

        Assert.Equal(["d", "b", "e", "a", "c"], written.Select(account => account.Properties["Name"].Value));
    }

    [Fact]
    public void The_accounts_of_a_subscription_stay_together_though_their_lists_are_read_at_once()
    {
        string[] ids = GivenSubscriptions(3);
        foreach (string id in ids)
            for (int i = 0; i < 5; i++) Arm.State.AddDeletedAccount($"more-{i}", "rg-ai", subscriptionId: id);
        ConcurrentDictionary<string, int> pages = new();
        Arm.Intercept = async context =>
        {
            if (!IsList(context.Request.Path)) return false;

            // Each page is answered once all three lists ask for theirs.
            int page = pages.AddOrUpdate(context.Request.Path.Value!, 1, (_, before) => before + 1);
            await WaitUntilAsync(() => pages.Values.Count(asked => asked >= page) >= 3, context.RequestAborted);
            return false;
        };

        Run("Get-DeletedCognitiveAccount -AllSubscriptions");

        string[] order = [.. written.Select(account => (string)account.Properties["SubscriptionId"].Value)];
        Assert.Equal(18, order.Length);
        Assert.Equal(3, order.Zip(order.Skip(1).Append("")).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public void The_accounts_of_a_page_of_subscriptions_are_written_before_the_next_is_answered()
    {
        GivenSubscriptions(4);
        List<int> seen = [];
        Arm.Intercept = async context =>
        {
            if (context.Request.Path != "/subscriptions" || !IsNextPage(context)) return false;
            await WaitUntilAsync(() => written.Count >= (2 * seen.Count) + 1, context.RequestAborted);
            seen.Add(written.Count);
            return false;
        };

        Run("Get-DeletedCognitiveAccount -AllSubscriptions");

        // The context's own, which has none, is on the first page.
        Assert.Equal([1, 3], seen);
        Assert.Equal(4, written.Count);
    }

    [Fact]
    public void A_subscription_that_is_slow_doesnt_hold_the_others_up()
    {
        string[] ids = GivenSubscriptions(8);
        int seen = 0;
        Arm.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.Contains(ids[0], StringComparison.Ordinal)) return false;
            await WaitUntilAsync(() => written.Count >= 7, context.RequestAborted);
            seen = written.Count;
            return false;
        };

        Run("Get-DeletedCognitiveAccount -AllSubscriptions -ThrottleLimit 2");

        Assert.Equal(7, seen);
        Assert.Equal("account-0", written[^1].Properties["Name"].Value);
    }

    [Fact]
    public void The_first_account_is_enough_where_no_more_is_wanted()
    {
        GivenSubscriptions(60);
        int first = 0;
        int cutOff = 0;
        Arm.Intercept = async context =>
        {
            string path = context.Request.Path.Value!;
            bool isEmpty = path.Contains(Subscription, StringComparison.Ordinal);
            if (isEmpty || !IsList(path) || Interlocked.Increment(ref first) == 1) return false;
            await WaitUntilAsync(() => context.RequestAborted.IsCancellationRequested, CancellationToken.None);
            if (context.RequestAborted.IsCancellationRequested) Interlocked.Increment(ref cutOff);
            return false;
        };

        ShellResult result = Shell.Run($$"""
            Import-Module '{{typeof(SelectFirstCommand).Assembly.Location}}'
            Get-DeletedCognitiveAccount -AllSubscriptions -ThrottleLimit 3 | Select-First
            """).ThrowIfFailed();

        Assert.Single(result.Output);

        // The first is done, and others took its place and that of the context's own: what was sent by the end, some of
        // which arrives a moment later, is cut off.
        Thread.Sleep(300);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref cutOff) == OfOthers() - 1, Patience));
        Assert.InRange(OfOthers(), 1, 4);

        int OfOthers() => Arm.Requests.Count(request =>
            IsList(request.Path) && !request.Path.Contains(Subscription, StringComparison.Ordinal));
    }

    [Fact]
    public void The_progress_counts_subscriptions_and_accounts()
    {
        string[] ids = GivenSubscriptions(3);
        Arm.State.AddDeletedAccount("second", "rg-ai", subscriptionId: ids[0]);
        Arm.Intercept = async context =>
        {
            if (context.Request.Path.Value!.Contains(ids[1], StringComparison.Ordinal))
                await WaitUntilAsync(() => HasProgress("2 of 4 subscriptions, 2 accounts", 50), context.RequestAborted);
            if (context.Request.Path.Value!.Contains(ids[2], StringComparison.Ordinal))
                await WaitUntilAsync(() => HasProgress("3 of 4 subscriptions, 3 accounts", 75), context.RequestAborted);
            return false;
        };

        ProgressRecord[] progress = Run("Get-DeletedCognitiveAccount -AllSubscriptions");

        Assert.True(HasProgress("2 of 4 subscriptions, 2 accounts", 50));
        Assert.True(HasProgress("3 of 4 subscriptions, 3 accounts", 75));
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
    }

    [Fact]
    public void One_subscription_shows_no_progress()
    {
        GivenDeleted("one", "two", "three");
        Arm.Intercept = async context =>
        {
            await Task.Delay(600, context.RequestAborted);
            return false;
        };

        Assert.Empty(Run("Get-DeletedCognitiveAccount"));
    }

    private ProgressRecord[] Run(string script)
    {
        using PowerShell pipeline = Shell.Create(script);
        pipeline.Invoke(null, written);
        Assert.Empty(pipeline.Streams.Error);
        return [.. pipeline.Streams.Progress];
    }

    private string[] GivenSubscriptions(int count)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString())];
        for (int i = 0; i < count; i++)
        {
            Arm.State.AddSubscription(ids[i], "Contoso");
            Arm.State.AddDeletedAccount($"account-{i}", "rg-ai", subscriptionId: ids[i]);
        }

        return ids;
    }

    private bool HasProgress(string status, int percent)
    {
        lock (Shell.Ui.Progress)
            return Shell.Ui.Progress.Exists(one => one.StatusDescription == status && one.PercentComplete == percent);
    }

    private static bool IsNextPage(HttpContext context) =>
        context.Request.QueryString.Value!.Contains("skiptoken", StringComparison.Ordinal);

    private static bool IsList(string path) => path.EndsWith("/deletedAccounts", StringComparison.Ordinal);

    private static async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        DateTime end = DateTime.UtcNow + Patience;
        while (!condition() && DateTime.UtcNow < end) await Task.Delay(20, cancellationToken);
    }
}
