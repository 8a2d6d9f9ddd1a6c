using System.Net;
using System.Net.Sockets;
using CogRecover.Core.Http;

namespace CogRecover.Engine.Tests.Http;

public sealed class ConnectionFailureTests
{
    [Theory]
    [InlineData(WebExceptionStatus.NameResolutionFailure, true)]
    [InlineData(WebExceptionStatus.ProxyNameResolutionFailure, true)]
    [InlineData(WebExceptionStatus.ConnectFailure, true)]
    [InlineData(WebExceptionStatus.TrustFailure, true)]
    [InlineData(WebExceptionStatus.SecureChannelFailure, true)]
    [InlineData(WebExceptionStatus.SendFailure, false)]
    [InlineData(WebExceptionStatus.ReceiveFailure, false)]
    [InlineData(WebExceptionStatus.ConnectionClosed, false)]
    [InlineData(WebExceptionStatus.KeepAliveFailure, false)]
    [InlineData(WebExceptionStatus.Timeout, false)]
    public void NET_Framework_says_whether_a_request_was_sent_though_it_names_no_cause(
        WebExceptionStatus status, bool wasNeverSent) =>
        Assert.Equal(wasNeverSent, ConnectionFailure.WasNeverSent(
            new HttpRequestException("No.", new WebException("No.", status))));

    [Theory]
    [InlineData(SocketError.ConnectionRefused, true)]
    [InlineData(SocketError.HostNotFound, true)]
    [InlineData(SocketError.ConnectionReset, false)]
    [InlineData(SocketError.TimedOut, false)]
    public void A_socket_says_whether_there_was_a_server(SocketError error, bool wasNeverSent) =>
        Assert.Equal(wasNeverSent, ConnectionFailure.WasNeverSent(
            new AggregateException(new HttpRequestException("No.", new SocketException((int)error)))));
}
