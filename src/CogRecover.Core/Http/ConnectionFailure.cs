using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace CogRecover.Core.Http;

/// <summary>Tells what the failure of a connection means.</summary>
internal static class ConnectionFailure
{
    /// <summary>Whether the request can't have been sent: there was no server, or an untrusted one.</summary>
    public static bool WasNeverSent(Exception failure) => failure switch
    {
        AuthenticationException => true,

        // A connection that was there has broken.
        IOException => false,
        SocketException e => e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound
            or SocketError.TryAgain or SocketError.NoData or SocketError.NetworkUnreachable
            or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown
            or SocketError.AddressNotAvailable,

        // .NET Framework's, whose cause may say nothing.
        WebException { Status: WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure
            or WebExceptionStatus.ConnectFailure or WebExceptionStatus.TrustFailure
            or WebExceptionStatus.SecureChannelFailure } => true,
        AggregateException e => e.InnerExceptions.All(WasNeverSent),
        _ => failure.InnerException is { } inner && WasNeverSent(inner),
    };
}
