using CogRecover.Core.Http;
using CogRecover.Core.Http.Throttling;

namespace CogRecover.Engine.Tests.Operations;

/// <summary>How long an operation is left alone before it is asked for again.</summary>
public sealed class PollingDelayTests
{
    [Fact]
    public void Polls_come_each_half_second_for_two_seconds_then_a_quarter_later_each_time_up_to_ten_seconds()
    {
        TimeSpan first = new ArmConnection(new Uri("http://localhost/"), _ => throw new NotSupportedException()).PollingDelay;
        var delay = new PollingDelay(first);

        // .NET Framework's TimeSpan.FromSeconds rounds to milliseconds.
        double[] expected = [0.5, 0.5, 0.5, 0.5, 0.625, 0.78125];
        Assert.All(expected, (seconds, index) =>
            Assert.Equal(seconds, delay.Next(null, index + 1).TotalSeconds, tolerance: 0.001));
        Assert.All([30, 1000, int.MaxValue], poll => Assert.Equal(10, delay.Next(null, poll).TotalSeconds));
    }

    [Theory]
    [InlineData("20", 20)]
    [InlineData("0", 0.5)]
    [InlineData("-5", 0.5)]
    [InlineData("soon", 0.5)]
    [InlineData("86400", 86400)]
    [InlineData("Mon, 01 Jan 2024 00:00:00 GMT", 0.5)]
    public void What_the_service_asks_for_wins(string retryAfter, double seconds)
    {
        var answer = new FakeResponse(200);
        answer.Add("Retry-After", retryAfter);

        Assert.Equal(seconds, new PollingDelay(TimeSpan.FromSeconds(0.5)).Next(answer, 1).TotalSeconds);
    }
}
