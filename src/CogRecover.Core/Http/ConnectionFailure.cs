using System.Net.Sockets;
using System.Security.Authentication;

namespace CogRecover.Core.Http;

/// <summary>What the failure of a connection tells of the request.</summary>
internal static class ConnectionFailure
{
    /// <summary>Whether the request never left: there was nobody to send it to, or nobody to trust.</summary>
    public static bool WasNeverSent(Exception failure) => failure switch
    {
        AuthenticationException => true,
        SocketException e => e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound
            or SocketError.TryAgain or SocketError.NoData or SocketError.NetworkUnreachable
            or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown
            or SocketError.AddressNotAvailable,
        AggregateException e => e.InnerExceptions.All(WasNeverSent),
        _ => failure.InnerException is { } inner && WasNeverSent(inner),
    };
}
