namespace CogRecover.Core.Operations;

/// <summary>Is told how an operation goes, from whatever thread.</summary>
public interface IOperationObserver
{
    /// <summary>The service has accepted the operation: it goes on there whatever happens here.</summary>
    void Accepted();

    /// <summary>The service isn't ready for the operation. It will be asked again.</summary>
    /// <param name="reason">What it is busy with, in its own words.</param>
    void Waiting(string reason);
}
