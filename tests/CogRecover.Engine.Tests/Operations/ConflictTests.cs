using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Operations;

public sealed class ConflictTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conflict_while_the_deletion_settles_is_tried_again_and_says_why(bool restore)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await GivenConflictsAsync(restore ? "PUT" : "DELETE", times: 2);
        var observer = new Observer();

        if (restore) await RestoreAsync(deleted, observer: observer);
        else await PurgeAsync(deleted, observer: observer);

        Assert.Equal(restore, await Arm.HasAccountAsync(Name, Group));
        Assert.False(await Arm.HasDeletedAccountAsync(Name, Group));
        Assert.Equal(2, observer.Reasons.Count);
        Assert.All(observer.Reasons, reason => Assert.Contains("RequestConflict", reason, StringComparison.Ordinal));
        DateTimeOffset[] tries = [.. (await Arm.RequestsAsync()).Where(request => request.Method is "PUT" or "DELETE")
            .Select(request => request.At)];
        Assert.Equal(3, tries.Length);

        // The library's delays vary by a fifth. A busy machine makes them longer, and none shorter.
        Assert.True(tries[1] - tries[0] >= TimeSpan.FromMilliseconds(35), "The first delay should be 50 ms.");
        Assert.True(tries[2] - tries[1] >= TimeSpan.FromMilliseconds(75), "The second delay should be 100 ms.");
    }

    [Fact]
    public async Task A_conflict_that_lasts_longer_than_the_timeout_is_the_error()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await GivenConflictsAsync("DELETE", retryAfter: "60");

        RecoveryException failure = await FailureAsync(() => PurgeAsync(deleted, TimeSpan.FromSeconds(3)));

        Assert.Equal(RecoveryErrorId.OperationInProgress, failure.ErrorId);
        Assert.Equal("RequestConflict", failure.ServiceErrorCode);
        Assert.Contains("-Timeout", failure.RecommendedAction, StringComparison.Ordinal);
    }

    private Task GivenConflictsAsync(string method, int? times = null, string? retryAfter = null) => Arm.SetFaultsAsync(new Fault
    {
        Kind = FaultKind.Status, Status = 409, Code = "RequestConflict", Method = method, Times = times,
        RetryAfter = retryAfter,
    });
}
