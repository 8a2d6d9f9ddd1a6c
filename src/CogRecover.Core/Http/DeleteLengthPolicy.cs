#if NETFRAMEWORK
namespace CogRecover.Core.Http;

/// <summary>Gives each DELETE a length, which is 0. A request without one is sent again by .NET Framework itself when
/// its connection breaks: a purge would be sent twice, unseen.</summary>
/// <remarks>HttpWebRequest takes a request that has a length for one whose body was begun, and sends such a one again
/// only where several share a connection: where more than 50 are sent at once, which is Azure.Core's limit of
/// connections. <c>-ThrottleLimit</c> is 16 by default. Azure.Core's transport for .NET Framework gives a length to
/// every write but a DELETE.</remarks>
internal sealed class DeleteLengthPolicy : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Method == RequestMethod.Delete)
            message.Request.Content ??= RequestContent.Create(ReadOnlyMemory<byte>.Empty);
    }
}
#endif
