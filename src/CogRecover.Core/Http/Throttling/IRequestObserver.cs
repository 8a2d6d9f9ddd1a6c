namespace CogRecover.Core.Http.Throttling;

/// <summary>Receives the progress of a request, from any thread.</summary>
internal interface IRequestObserver
{
    /// <summary>The request is about to be sent. Until its response comes, it may or may not be accepted.</summary>
    void Sending();

    /// <summary>The service isn't ready for the request, for a reason in its own words. It will be sent
    /// later.</summary>
    void Waiting(string reason);
}
