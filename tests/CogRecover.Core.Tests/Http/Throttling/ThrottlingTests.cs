using CogRecover.Core.Http.Throttling;
using CogRecover.Core.Operations;
using CogRecover.Core.References;

namespace CogRecover.Core.Tests.Http.Throttling;

public sealed class ThrottlingTests : ThrottlingTest
{
    [Fact]
    public async Task A_refused_write_makes_the_subscriptions_writes_wait_and_nothing_else()
    {
        string other = Guid.NewGuid().ToString();
        Arm.State.AddSubscription(other, "Other");
        Arm.State.AddDeletedAccount("elsewhere", "rg-ai", subscriptionId: other);
        AccountRecovery recovery = Patient(120);
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(3);
        DeletedCognitiveAccount elsewhere = await recovery.Finder.FindAsync(
            AccountReference.Create(other, "rg-ai", "eastus", "elsewhere"), Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Refuse(1, retryAfter: "60");

        Task refused = RestoreAsync(recovery, accounts[0], cancellation: stop.Token);
        await UntilAsync(() => !Notices.IsEmpty);
        Task waiting = RestoreAsync(recovery, accounts[1], cancellation: stop.Token);
        await RestoreAsync(recovery, elsewhere);
        await recovery.PurgeAsync(accounts[2], Timeout, cancellationToken: Cancellation);
        await ListAsync(recovery, Subscription);

        Assert.Equal([accounts[0].AccountId, elsewhere.AccountId], Writes.Select(write => write.Path));
        Assert.False(refused.IsCompleted || waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refused);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(2, Writes.Count);
    }

    [Fact]
    public async Task Writes_go_on_when_Retry_After_has_passed()
    {
        AccountRecovery recovery = Patient(120);
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(2);
        Refuse(1, retryAfter: "1");

        Task<RestoreOutcome> first = RestoreAsync(recovery, accounts[0]);
        await UntilAsync(() => !Notices.IsEmpty);
        await Task.WhenAll(first, RestoreAsync(recovery, accounts[1]));

        Assert.Equal(3, Writes.Count);
        Assert.True(Writes[1].At - Writes[0].At >= TimeSpan.FromSeconds(0.9));
        Assert.All(accounts, account => Assert.True(Arm.State.HasAccount(account.Name, "rg-ai")));
    }

    [Fact]
    public async Task A_throttled_list_waits_too()
    {
        await GivenDeletedAsync(1);
        Refuse(1, retryAfter: "1", method: "GET");

        Assert.Single(await ListAsync(Patient(120), Subscription));

        Assert.Equal("reads", Assert.Single(Notices).Kind);
        Assert.Equal(2, Arm.Requests.Count);
        Assert.True(Arm.Requests[1].At - Arm.Requests[0].At >= TimeSpan.FromSeconds(0.9));
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

        DateTime refused = Writes[0].At.UtcDateTime;
        Assert.InRange(notice.Until, refused.AddSeconds(0.75), refused.AddSeconds(10));
    }

    [Fact]
    public async Task Without_Retry_After_the_next_refusal_makes_writes_wait_for_longer()
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Refuse(2, retryAfter: null);

        Task restore = RestoreAsync(Patient(120), account, cancellation: stop.Token);
        await UntilAsync(() => Notices.Count == 2);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restore);

        Assert.True(Notices.Last().Until - Writes[1].At.UtcDateTime >= TimeSpan.FromSeconds(1.55));
    }

    [Fact]
    public async Task Many_refusals_at_once_are_one_notice()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(6);
        AccountRecovery recovery = Patient(120);

        // The first goes ahead alone.
        await RestoreAsync(recovery, accounts[5]);
        accounts.RemoveAt(5);
        List<Observer> observers = [.. accounts.Select(_ => new Observer())];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Refuse(5, retryAfter: "60", before: () => UntilAsync(() => Writes.Count == 6));

        List<Task<RestoreOutcome>> restores = [.. accounts.Zip(observers, (account, observer) =>
            RestoreAsync(recovery, account, observer, stop.Token))];
        await UntilAsync(() => observers.TrueForAll(observer => observer.Reasons.Count > 0));

        ThrottleNotice notice = Assert.Single(Notices);
        Assert.Equal((Subscription, "writes"), (notice.SubscriptionId, notice.Kind));
        Assert.All(observers, observer => Assert.StartsWith(
            $"Azure Resource Manager accepts no more writes of subscription {Subscription} until ",
            Assert.Single(observer.Reasons), StringComparison.Ordinal));
        await stop.CancelAsync();
        foreach (Task restore in restores)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restore);
    }

    [Fact]
    public async Task A_later_refusal_is_a_notice_of_its_own_and_lasts_as_long_as_it_says()
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        Refuse(2, retryAfter: "1");

        await RestoreAsync(Patient(120), account);

        Assert.Equal(2, Notices.Count);
        Assert.All(Waits, wait => Assert.True(wait < TimeSpan.FromSeconds(1.1)));
        Assert.Equal(3, Writes.Count);
    }

    [Fact]
    public async Task A_refusal_whose_wait_is_over_already_is_no_failure()
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        Refuse(1, retryAfter: "1", milliseconds: "1");

        await RestoreAsync(Patient(120), account);

        Assert.Equal(2, Writes.Count);
    }

    private async Task<ThrottleNotice> NoticeOfAsync(string? retryAfter)
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Refuse(int.MaxValue, retryAfter);

        Task restore = RestoreAsync(Patient(120), account, cancellation: stop.Token);
        await UntilAsync(() => !Notices.IsEmpty);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restore);

        return Notices.First();
    }
}
