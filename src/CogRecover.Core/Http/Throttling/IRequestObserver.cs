namespace CogRecover.Core.Http.Throttling;

/// <summary>Receives how it goes with a request, from whatever thread.</summary>
public interface IRequestObserver
{
    /// <summary>The request is about to be sent. Until there is a response, nobody knows whether it was accepted.</summary>
    void Sending();

    /// <summary>The service isn't ready for the request. It will be sent later.</summary>
    /// <param name="reason">What the service is busy with, in its own words.</param>
    void Waiting(string reason);
}
