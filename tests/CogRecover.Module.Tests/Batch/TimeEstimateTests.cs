using CogRecover.Batch;

namespace CogRecover.Module.Tests.Batch;

public sealed class TimeEstimateTests
{
    [Fact]
    public void Nothing_is_estimated_before_an_operation_has_ended_well() =>
        Assert.Null(Estimate([], running: [5, 6], notBegun: 8, atOnce: 2));

    [Theory]
    [InlineData(8, 2, 40)]
    [InlineData(1, 4, 10)]
    [InlineData(2, 4, 10)]
    [InlineData(8, 16, 10)]
    public void What_hasnt_begun_takes_the_mean_side_by_side(int notBegun, int atOnce, double seconds) =>
        Assert.Equal(seconds, Estimate([8, 12], running: [], notBegun, atOnce));

    [Fact]
    public void What_runs_still_takes_what_is_left_of_the_mean() =>
        Assert.Equal(8, Estimate([10, 10], running: [9, 2], notBegun: 0, atOnce: 2));

    [Fact]
    public void What_runs_and_what_follows_share_the_places() =>
        Assert.Equal(20, Estimate([10], running: [5, 5], notBegun: 3, atOnce: 2));

    [Fact]
    public void Nothing_is_estimated_where_all_that_is_left_takes_longer_than_what_has_ended() =>
        Assert.Null(Estimate([10], running: [11, 30], notBegun: 0, atOnce: 2));

    private static double? Estimate(double[] ended, double[] running, int notBegun, int atOnce) =>
        TimeEstimate.Remaining(
            [.. ended.Select(TimeSpan.FromSeconds)], [.. running.Select(TimeSpan.FromSeconds)], notBegun, atOnce)
            ?.TotalSeconds;
}
