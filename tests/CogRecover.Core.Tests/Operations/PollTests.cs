using CogRecover.Core.Http;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Operations;

/// <summary>When an operation is asked whether it has ended. It ends when the test lets time go on at the service.
/// </summary>
public sealed class PollTests : EngineTest
{
    private const int Polls = 5;

    private readonly SettableClock clock = new();

    private protected override SimulatedArmOptions Options => base.Options with
    {
        Clock = clock, RestoreTime = TimeSpan.FromHours(1), PurgeTime = TimeSpan.FromHours(1),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_operation_is_polled_until_it_has_ended(bool restores)
    {
        DeletedCognitiveAccount account = await GivenDeletedAsync();
        int polls = 0;
        Arm.Intercept = context =>
        {
            if (SimulatedArm.IsPoll(context) && ++polls == Polls) clock.Now += TimeSpan.FromHours(2);
            return Task.FromResult(false);
        };

        if (restores) await Recovery.RestoreAsync(account, Timeout, cancellationToken: Cancellation);
        else await Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation);

        Assert.Equal(Polls, polls);
    }

    [Fact]
    public async Task A_time_that_is_over_while_a_poll_is_repeated_is_a_timeout()
    {
        DeletedCognitiveAccount account = await GivenDeletedAsync();
        int polls = 0;
        Arm.Intercept = async context =>
        {
            if (!SimulatedArm.IsPoll(context)) return false;
            if (Interlocked.Increment(ref polls) == 1) context.Abort();
            else await Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted);
            return true;
        };

        var failure = await Assert.ThrowsAsync<RecoveryException>(() =>
            Recovery.PurgeAsync(account, TimeSpan.FromSeconds(3), cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.OperationTimedOut, failure.ErrorId);
        Assert.Contains("The service has accepted it", failure.Message, StringComparison.Ordinal);
        Assert.True(polls > 1);
    }

    [Fact]
    public async Task What_was_seen_under_way_just_now_is_looked_at_again_only_after_a_delay()
    {
        DeletedCognitiveAccount account = await GivenDeletedAsync();
        var restore = await Recovery.Operations.StartRestoreAsync(account, Timeout, cancellationToken: Cancellation);
        CognitiveAccount live = (await restore.PeekAsync(Cancellation)).Account;
        var patient = new AccountRecovery(new(
            Arm.Endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1))))
        {
            PollingDelay = TimeSpan.FromHours(1),
        });
        Arm.ClearRequests();

        var failure = await Assert.ThrowsAsync<RecoveryException>(() =>
            patient.Operations.FollowRestore(live, TimeSpan.FromSeconds(0.5)).WaitAsync(Cancellation));

        Assert.Equal(RecoveryErrorId.OperationTimedOut, failure.ErrorId);
        Assert.Empty(Arm.Requests);
    }

    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
