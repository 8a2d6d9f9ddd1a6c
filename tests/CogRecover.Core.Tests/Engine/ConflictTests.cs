using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Core.Tests.Engine;

public sealed class ConflictTests : EngineTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { SettleTime = TimeSpan.FromSeconds(0.3) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conflict_while_the_deletion_settles_is_tried_again_and_says_why(bool restore)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        var observer = new Observer();

        if (restore) await Recovery.RestoreAsync(deleted, Timeout, observer, cancellationToken: Cancellation);
        else await Recovery.PurgeAsync(deleted, Timeout, observer, cancellationToken: Cancellation);

        Assert.Equal(restore, Arm.State.HasAccount("contoso-openai", "rg-ai"));
        Assert.False(Arm.State.HasDeletedAccount("contoso-openai", "rg-ai"));
        Assert.NotEmpty(observer.Reasons);
        Assert.All(observer.Reasons, reason => Assert.Contains("RequestConflict", reason, StringComparison.Ordinal));
        DateTimeOffset[] tries = [.. Arm.Requests.Where(request => request.Method is "PUT" or "DELETE")
            .Select(request => request.At)];
        Assert.True(tries.Length >= 3);

        // The library's delays vary by a fifth. A busy machine makes them longer, and none shorter.
        Assert.True(tries[1] - tries[0] >= TimeSpan.FromMilliseconds(35), "The first delay should be 50 ms.");
        Assert.True(tries[2] - tries[1] >= TimeSpan.FromMilliseconds(75), "The second delay should be 100 ms.");
    }

    [Fact]
    public async Task A_conflict_that_lasts_longer_than_the_timeout_is_the_error()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 409, Code = "RequestConflict", Method = "DELETE", RetryAfter = "60",
        });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => Recovery.PurgeAsync(
            deleted, TimeSpan.FromSeconds(3), cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.OperationInProgress, failure.ErrorId);
        Assert.Equal("RequestConflict", failure.ServiceErrorCode);
        Assert.Contains("-Timeout", failure.RecommendedAction, StringComparison.Ordinal);
    }
}
