using System.Net;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Simulator.Gateway;

public sealed class ThrottleTests : SimulatorTest
{
    protected override SimulatedArmOptions Options => base.Options with { WritesPerSecond = 0.25 };

    [Fact]
    public async Task Writes_above_the_limit_are_429_until_Retry_After_has_passed()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Created, (await PutAsync(Group($"rg{i}"), """{"location":"eastus"}""")).Status);
        var refused = await PutAsync(Group("rg"), """{"location":"eastus"}""");
        Assert.Equal((HttpStatusCode.TooManyRequests, "SubscriptionRequestsThrottled"), (refused.Status, refused.Code));
        Assert.Equal("4", refused.Headers["Retry-After"]);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Deleted("a", "rg"))).Status);
        Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(Group("rg"), """{"location":"eastus"}""")).Status);
    }
}
