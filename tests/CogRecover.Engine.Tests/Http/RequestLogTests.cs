using CogRecover.Core.Http;

namespace CogRecover.Engine.Tests.Http;

public sealed class RequestLogTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    [Fact]
    public async Task A_request_over_http_to_loopback_is_shown_as_such()
    {
        List<RequestNotice> notices = [];
        var connection = new ArmConnection(
            Arm.Endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1))))
        {
            Transport = Framework.Transport,
            Requested = notices.Add, RequestsInDetail = true,
        };

        await ListAsync(new AccountRecovery(connection), Subscription);

        Assert.Equal("http", Arm.Endpoint.Scheme);
        Assert.StartsWith($"GET {Arm.Endpoint}subscriptions/", Assert.Single(notices).Details, StringComparison.Ordinal);
    }
}
