using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Core.Tests.Operations;

public sealed class ConflictTests : EngineTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conflict_while_the_deletion_settles_is_tried_again_and_says_why(bool restore)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        GivenConflicts(restore ? "PUT" : "DELETE", times: 2);
        var observer = new Observer();

        if (restore) await Recovery.RestoreAsync(deleted, Timeout, observer, cancellationToken: Cancellation);
        else await Recovery.PurgeAsync(deleted, Timeout, observer, cancellationToken: Cancellation);

        Assert.Equal(restore, Arm.State.HasAccount("contoso-openai", "rg-ai"));
        Assert.False(Arm.State.HasDeletedAccount("contoso-openai", "rg-ai"));
        Assert.Equal(2, observer.Reasons.Count);
        Assert.All(observer.Reasons, reason => Assert.Contains("RequestConflict", reason, StringComparison.Ordinal));
        DateTimeOffset[] tries = [.. Arm.Requests.Where(request => request.Method is "PUT" or "DELETE")
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
        GivenConflicts("DELETE", retryAfter: "60");

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => Recovery.PurgeAsync(
            deleted, TimeSpan.FromSeconds(3), cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.OperationInProgress, failure.ErrorId);
        Assert.Equal("RequestConflict", failure.ServiceErrorCode);
        Assert.Contains("-Timeout", failure.RecommendedAction, StringComparison.Ordinal);
    }

    private void GivenConflicts(string method, int? times = null, string? retryAfter = null) => Arm.Faults.Set(new Fault
    {
        Kind = FaultKind.Status, Status = 409, Code = "RequestConflict", Method = method, Times = times,
        RetryAfter = retryAfter,
    });
}
