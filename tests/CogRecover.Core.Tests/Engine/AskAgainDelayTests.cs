using CogRecover.Core.Arm;

namespace CogRecover.Core.Tests.Engine;

public sealed class AskAgainDelayTests
{
    [Fact]
    public void Polls_come_each_half_second_at_first_and_then_later_and_later_up_to_ten_seconds()
    {
        AskAgainDelay delay = AskAgainDelay.OfOperation;

        double[] seconds = [.. Enumerable.Range(1, 40).Select(poll => delay.Next(null, poll).TotalSeconds)];

        Assert.Equal([0.5, 0.5, 0.5, 0.5, 0.625], seconds[..5]);
        Assert.Equal(seconds.Order(), seconds);
        Assert.Equal(10, seconds[^1]);
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(0)]
    [InlineData(600)]
    public void A_date_counts_by_the_clock_of_the_service(int ahead)
    {
        DateTimeOffset theirs = DateTimeOffset.UtcNow.AddSeconds(ahead);
        var answer = new FakeResponse(429);
        answer.Add("Date", theirs.ToString("R"));
        answer.Add("Retry-After", theirs.AddSeconds(20).ToString("R"));

        Assert.Equal(TimeSpan.FromSeconds(20), AskAgainDelay.OfBusyService.Next(answer, 1));
    }

    [Fact]
    public void A_date_without_the_services_clock_counts_by_ours()
    {
        var answer = new FakeResponse(429);
        answer.Add("Retry-After", DateTimeOffset.UtcNow.AddMinutes(10).ToString("R"));

        Assert.InRange(AskAgainDelay.OfBusyService.Next(answer, 1).TotalMinutes, 5, 10);
    }

    [Theory]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("x-ms-retry-after-ms", "2500", 2.5)]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "99999999", 3600)]
    [InlineData("Retry-After", "0", 4)]
    [InlineData("retry-after-ms", "0", 4)]
    [InlineData("Retry-After", "soon", 4)]
    public void What_the_service_asks_for_wins_where_it_asks_for_something(string header, string value, double seconds)
    {
        var answer = new FakeResponse(429);
        answer.Add(header, value);

        Assert.Equal(seconds, AskAgainDelay.OfBusyService.Next(answer, 3).TotalSeconds);
    }
}
