using Azure;

namespace CogRecover.Engine.Tests.Http;

public sealed class TransportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <remarks>Azure.Core's default on .NET Framework lets a DELETE be sent twice. Which one it was shows in what an
    /// endpoint causes where nobody listens.</remarks>
    [Fact]
    public async Task Requests_over_https_go_through_HttpClient_on_NET_Framework_too()
    {
        var https = new UriBuilder(EngineTest.ClosedPort()) { Scheme = "https" };
        var recovery = new AccountRecovery(EngineTest.Connection(https.Uri));

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => EngineTest.ListAsync(recovery, Guid.NewGuid().ToString()));

        Assert.Equal(RecoveryErrorId.ConnectionFailed, failure.ErrorId);
        Assert.IsType<HttpRequestException>(Assert.IsType<RequestFailedException>(Cause(failure)).InnerException);
    }

    private static Exception Cause(Exception failure) => failure.InnerException switch
    {
        AggregateException several => several.InnerExceptions[0],
        { } one => one,
        null => failure,
    };
}
