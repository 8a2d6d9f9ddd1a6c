namespace CogRecover.Core.Operations;

/// <summary>Is told how an operation goes, from whatever thread.</summary>
public interface IOperationObserver
{
    /// <summary>The request is about to be sent. Until it is answered, nobody knows whether it was accepted.</summary>
    void Sending();

    /// <summary>The service has accepted the operation: it goes on there whatever happens here.</summary>
    void Accepted();

    /// <summary>The answer to the request was lost, or can't be read. Azure's state will tell what it came
    /// to.</summary>
    void AnswerLost();

    /// <summary>The service isn't ready for the operation. It will be asked again.</summary>
    /// <param name="reason">What it is busy with, in its own words.</param>
    void Waiting(string reason);
}
