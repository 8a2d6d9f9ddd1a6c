using CogRecover.Core.Http.Throttling;
using CogRecover.Core.Operations;
using CogRecover.Core.References;

namespace CogRecover.Engine.Tests.Http.Throttling;

public sealed class ThrottlingTests (QuickArm arm) : ThrottlingTest(arm)
{
    [Fact]
    public async Task A_refused_write_makes_the_subscriptions_writes_wait_and_nothing_else()
    {
        RemoteArm other = await OpenAnotherAsync();
        await other.AddDeletedAccountAsync("elsewhere", "rg-ai");
        AccountRecovery recovery = Patient(120);
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(3);
        DeletedCognitiveAccount elsewhere = await recovery.Finder.FindAsync(
            AccountReference.Create(other.Subscription, "rg-ai", "eastus", "elsewhere"), Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await RefuseAsync(1, retryAfter: "60");

        Task refused = RestoreAsync(recovery, accounts[0], cancellation: stop.Token);
        await UntilAsync(() => !Notices.IsEmpty);
        Task waiting = RestoreAsync(recovery, accounts[1], cancellation: stop.Token);
        await RestoreAsync(recovery, elsewhere);
        await PurgeAsync(recovery, accounts[2]);
        await ListAsync(recovery, Subscription);

        Assert.Equal([accounts[0].AccountId, elsewhere.AccountId], (await WritesAsync()).Select(write => write.Path));
        Assert.False(refused.IsCompleted || waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refused);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(2, (await WritesAsync()).Count);
    }

    [Fact]
    public async Task Writes_go_on_when_Retry_After_has_passed()
    {
        AccountRecovery recovery = Patient(120);
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(2);
        await RefuseAsync(1, retryAfter: "1");

        Task<RestoreOutcome> first = RestoreAsync(recovery, accounts[0]);
        await UntilAsync(() => !Notices.IsEmpty);
        await Task.WhenAll(first, RestoreAsync(recovery, accounts[1]));

        List<LoggedRequest> writes = await WritesAsync();
        Assert.Equal(3, writes.Count);
        Assert.True(writes[1].At - writes[0].At >= TimeSpan.FromSeconds(0.9));
        foreach (DeletedCognitiveAccount account in accounts)
            Assert.True(await Arm.HasAccountAsync(account.Name, Group));
    }

    [Fact]
    public async Task A_throttled_list_waits_too()
    {
        await GivenDeletedAsync(1);
        await RefuseAsync(1, retryAfter: "1", method: "GET");

        Assert.Single(await ListAsync(Patient(120), Subscription));

        Assert.Equal("reads", Assert.Single(Notices).Kind);
        List<LoggedRequest> requests = await Arm.RequestsAsync();
        Assert.Equal(2, requests.Count);
        Assert.True(requests[1].At - requests[0].At >= TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Retry_After_may_be_a_date()
    {
        DateTimeOffset date = DateTimeOffset.UtcNow.AddMinutes(1);

        ThrottleNotice notice = await NoticeOfAsync(date.ToString("R"));

        Assert.InRange(notice.Until, date.UtcDateTime.AddSeconds(-2), date.UtcDateTime.AddSeconds(2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("Mon, 01 Jan 2024 00:00:00 GMT")]
    public async Task Without_a_Retry_After_that_says_something_writes_wait_a_second(string? retryAfter)
    {
        ThrottleNotice notice = await NoticeOfAsync(retryAfter);

        DateTime refused = (await WritesAsync())[0].At.UtcDateTime;
        Assert.InRange(notice.Until, refused.AddSeconds(0.75), refused.AddSeconds(10));
    }

    [Fact]
    public async Task Without_Retry_After_the_next_refusal_makes_writes_wait_for_longer()
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await RefuseAsync(2, retryAfter: null);

        Task restore = RestoreAsync(Patient(120), account, cancellation: stop.Token);
        await UntilAsync(() => Notices.Count == 2);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restore);

        Assert.True(Notices.Last().Until - (await WritesAsync())[1].At.UtcDateTime >= TimeSpan.FromSeconds(1.55));
    }

    [Fact]
    public async Task A_later_refusal_is_a_notice_of_its_own_and_lasts_as_long_as_it_says()
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        await RefuseAsync(2, retryAfter: "1");

        await RestoreAsync(Patient(120), account);

        Assert.Equal(2, Notices.Count);
        Assert.All(Waits, wait => Assert.True(wait < TimeSpan.FromSeconds(1.1)));
        Assert.Equal(3, (await WritesAsync()).Count);
    }

    [Fact]
    public async Task A_refusal_whose_wait_is_over_already_is_no_failure()
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        await RefuseAsync(1, retryAfter: "1", milliseconds: "1");

        await RestoreAsync(Patient(120), account);

        Assert.Equal(2, (await WritesAsync()).Count);
    }

    private async Task<ThrottleNotice> NoticeOfAsync(string? retryAfter)
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await RefuseAsync(null, retryAfter);

        Task restore = RestoreAsync(Patient(120), account, cancellation: stop.Token);
        await UntilAsync(() => !Notices.IsEmpty);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restore);

        return Notices.First();
    }
}
