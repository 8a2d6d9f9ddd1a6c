using System.Globalization;
using CogRecover.Core.Http;
using CogRecover.Core.Http.Throttling;
using CogRecover.Core.References;

namespace CogRecover.Engine.Tests.Http.Throttling;

/// <summary>Throttling that outlasts those who wait.</summary>
public sealed class ThrottlingLimitTests (QuickArm arm) : ThrottlingTest(arm)
{
    [Fact]
    public async Task A_restore_that_could_not_be_sent_in_time_says_that_nothing_was_done()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(2);
        AccountRecovery recovery = Patient(120);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await RefuseAsync(1, retryAfter: "60");
        Task other = RestoreAsync(recovery, accounts[0], cancellation: stop.Token);
        await UntilAsync(() => !Notices.IsEmpty);

        RecoveryException failure = await FailureAsync(() => RestoreAsync(recovery, accounts[1], TimeSpan.FromSeconds(0.3)));

        AssertNothingWasDone(failure, accounts[1]);
        Assert.Equal([accounts[0].AccountId], (await WritesAsync()).Select(write => write.Path));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
    }

    [Fact]
    public async Task A_restore_that_was_refused_until_its_time_was_over_says_that_nothing_was_done()
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        await RefuseAsync(null, retryAfter: "60");

        RecoveryException failure = await FailureAsync(() => RestoreAsync(Patient(120), account, TimeSpan.FromSeconds(2)));

        AssertNothingWasDone(failure, account);
        Assert.Single(await WritesAsync());
    }

    [Fact]
    public async Task A_wait_that_would_take_too_long_is_not_begun()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(3);
        AccountRecovery recovery = Patient(20);
        await RefuseAsync(null, retryAfter: "600");

        RecoveryException refused = await FailureAsync(recovery, accounts[0]);
        RecoveryException[] unsent = await Task.WhenAll(accounts.Skip(1).Select(each => FailureAsync(recovery, each)));

        Assert.Equal("SubscriptionRequestsThrottled", refused.ServiceErrorCode);
        Assert.All([refused, .. unsent], failure =>
        {
            Assert.Equal(RecoveryErrorId.RequestThrottled, failure.ErrorId);
            Assert.Contains("wasn't restored", failure.Message, StringComparison.Ordinal);
        });
        Assert.All(unsent, failure => Assert.Contains(Subscription, failure.Message, StringComparison.Ordinal));
        Assert.Equal([accounts[0].AccountId], (await WritesAsync()).Select(write => write.Path));
    }

    [Fact]
    public async Task Refusals_that_go_on_end_with_the_longest_wait()
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        await RefuseAsync(null, retryAfter: "1");

        RecoveryException failure = await FailureAsync(Patient(1.5), account);

        Assert.Equal(RecoveryErrorId.RequestThrottled, failure.ErrorId);
        Assert.Equal(429, failure.Status);
        Assert.Equal(2, (await WritesAsync()).Count);
        Assert.True(await Arm.HasDeletedAccountAsync(account.Name, "rg-ai"));
    }

    [Fact]
    public async Task A_look_that_waits_for_throttled_reads_ends_with_its_time_and_says_when_they_go_on()
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        AccountRecovery recovery = Patient(120);
        await RefuseAsync(1, retryAfter: "60", method: "GET");

        RecoveryException failure = await FailureAsync(() => LookWithinAsync(
            TimeSpan.FromSeconds(1), account.Name,
            limit => recovery.Finder.FindAsync(AccountReference.Of(account), limit)));

        Assert.Equal(RecoveryErrorId.RequestThrottled, failure.ErrorId);
        Assert.Contains($"{account.Name}' couldn't be looked up within 00:00:01", failure.Message, StringComparison.Ordinal);
        AssertNamesTime(failure);
    }

    [Fact]
    public async Task A_new_command_asks_though_an_earlier_one_was_told_to_wait()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(3);
        ArmSession shared = new();
        await RefuseAsync(1, retryAfter: "3600");
        RecoveryException refused = await FailureAsync(Patient(20, shared), accounts[0]);
        AssertNamesTime(refused);

        AccountRecovery later = Patient(20, shared);
        await Task.WhenAll(accounts.Select(account => RestoreAsync(later, account)));

        Assert.Equal(4, (await WritesAsync()).Count);
        Assert.Equal("Succeeded", (await RestoreAsync(later, accounts[1])).Account.ProvisioningState);
    }

    [Fact]
    public async Task A_new_command_that_is_refused_too_sends_one_request()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(3);
        ArmSession shared = new();
        await RefuseAsync(null, retryAfter: "3600");
        await FailureAsync(Patient(20, shared), accounts[0]);

        AccountRecovery later = Patient(20, shared);
        RecoveryException[] refused = await Task.WhenAll(accounts.Select(account => FailureAsync(later, account)));

        Assert.Equal(2, (await WritesAsync()).Count);
        Assert.All(refused, AssertNamesTime);
    }

    [Fact]
    public async Task What_a_new_command_is_told_counts_more_than_what_an_earlier_one_was()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(3);
        ArmSession shared = new();
        await RefuseAsync(1, retryAfter: "3600");
        await FailureAsync(Patient(20, shared), accounts[0]);
        await RefuseAsync(1, retryAfter: "1");

        AccountRecovery later = Patient(20, shared);
        await Task.WhenAll(accounts.Select(account => RestoreAsync(later, account)));

        Assert.Equal(5, (await WritesAsync()).Count);
    }

    [Fact]
    public async Task A_wait_of_days_is_named_with_its_date()
    {
        DeletedCognitiveAccount account = (await GivenDeletedAsync(1))[0];
        await RefuseAsync(1, retryAfter: "9999999");

        RecoveryException failure = await FailureAsync(Patient(20), account);

        string day = DateTime.UtcNow.AddSeconds(9999999).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.StartsWith($"Run the command again after {day} ", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gates_that_arent_shared_know_nothing_of_each_other()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(2);
        await RefuseAsync(1, retryAfter: "3600");
        await FailureAsync(Patient(20), accounts[0]);
        AccountRecovery other = Patient(20);

        await Task.WhenAll(accounts.Select(account => RestoreAsync(other, account)));

        Assert.Equal(3, (await WritesAsync()).Count);
    }

    [Fact]
    public async Task A_look_that_takes_too_long_is_ended()
    {
        RecoveryException failure = await FailureAsync(() => LookWithinAsync(
            TimeSpan.FromSeconds(0.2), "contoso", async limit =>
            {
                await Task.Delay(-1, limit);
                return true;
            }));

        Assert.Equal(RecoveryErrorId.OperationTimedOut, failure.ErrorId);
        Assert.Contains("'contoso' couldn't be looked up within 00:00:00.2", failure.Message, StringComparison.Ordinal);
    }

    private static void AssertNothingWasDone(RecoveryException failure, DeletedCognitiveAccount account)
    {
        Assert.Equal(RecoveryErrorId.RequestThrottled, failure.ErrorId);
        Assert.Contains($"'{account.Name}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was done", failure.Message, StringComparison.Ordinal);
        Assert.Equal("SubscriptionRequestsThrottled", failure.ServiceErrorCode);
        Assert.Equal(429, failure.Status);
        Assert.NotNull(failure.RequestId);
    }

    private static void AssertNamesTime(RecoveryException failure) => Assert.Matches(
        @"^Run the command again after \d\d:\d\d:\d\d UTC, or with a longer -Timeout\.$", failure.RecommendedAction);

    private static async Task<RecoveryException> FailureAsync(
        AccountRecovery recovery, DeletedCognitiveAccount account) =>
        await FailureAsync(() =>
            RestoreAsync(recovery, account).WaitAsync(Timeout, Cancellation));

    // As a command does.
    private static Task<T> LookWithinAsync<T>(TimeSpan time, string account, Func<CancellationToken, Task<T>> look) =>
        new TimeLimit(time).RunAsync(look, e => ThrottleErrors.LookupTimedOut(account, time, e), Cancellation);
}
