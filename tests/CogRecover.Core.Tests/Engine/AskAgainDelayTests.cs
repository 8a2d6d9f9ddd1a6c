using CogRecover.Core.Arm;

namespace CogRecover.Core.Tests.Engine;

public sealed class AskAgainDelayTests
{
    [Fact]
    public void Polls_come_each_half_second_at_first_and_then_later_and_later_up_to_ten_seconds()
    {
        AskAgainDelay delay = AskAgainDelay.OfOperation;

        double[] seconds = [.. Enumerable.Range(1, 40).Select(poll => delay.GetNextDelay(null, poll).TotalSeconds)];

        Assert.Equal([0.5, 0.5, 0.5, 0.5, 0.625], seconds[..5]);
        Assert.Equal(seconds.Order(), seconds);
        Assert.Equal(10, seconds[^1]);
    }
}
