namespace CogRecover.Core.Operations;

/// <summary>Receives the progress of an operation, on any thread.</summary>
internal interface IOperationObserver : IRequestObserver
{
    /// <summary>The service has accepted the operation: it goes on there whatever happens here.</summary>
    void Accepted();

    /// <summary>The response to the request was lost, or can't be read. Azure's state will show what it came to.
    /// </summary>
    void ResponseLost();
}
