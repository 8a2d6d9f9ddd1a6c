using System.Diagnostics;
using CogRecover.Sandbox.Arm;

namespace CogRecover.Core.Tests.Engine;

/// <summary>When an operation is asked whether it has ended. It ends when the test lets time go on at the service.
/// </summary>
public sealed class PollTests : EngineTest
{
    private const int Polls = 5;

    private readonly SettableClock clock = new();
    private readonly List<TimeSpan> pauses = [];

    private protected override SimulatedArmOptions Options => base.Options with
    {
        Clock = clock, RestoreTime = TimeSpan.FromHours(1), PurgeTime = TimeSpan.FromHours(1),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_operation_is_polled_each_half_second_at_first(bool restores)
    {
        DeletedCognitiveAccount account = await GivenDeletedAsync();
        EndAfterPolls();

        if (restores) await Recovery.RestoreAsync(account, Timeout, cancellationToken: Cancellation);
        else await Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation);

        // A busy machine makes some of them longer, and none shorter.
        Assert.InRange(pauses.Min(), TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.9));
    }

    private void EndAfterPolls()
    {
        int polls = 0;
        var since = new Stopwatch();
        Arm.Intercept = context =>
        {
            if (!SimulatedArm.IsPoll(context)) return Task.FromResult(false);
            if (++polls > 1) pauses.Add(since.Elapsed);
            since.Restart();
            if (polls == Polls) clock.Now += TimeSpan.FromHours(2);
            return Task.FromResult(false);
        };
    }

    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
