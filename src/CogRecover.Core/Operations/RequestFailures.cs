namespace CogRecover.Core.Operations;

/// <summary>Classifies the failures of requests that write.</summary>
internal static class RequestFailures
{
    /// <summary>Whether the request may have been carried out all the same.</summary>
    public static bool MayBeCarriedOut(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., RecoveryException inner] } => MayBeCarriedOut(inner),
        RecoveryException unreadable => unreadable.ErrorId == RecoveryErrorId.InvalidServiceResponse,
        RequestFailedException { Status: 409 } conflict => ArmError.Of(conflict).Code is null,
        RequestFailedException { Status: > 0 and not 408 and < 500 } refusal =>
            refusal.Status < 300 && !HasOperationFailed(refusal),

        // A response that can't be read shows that the request arrived: the library fails with what it couldn't read.
        _ => !ConnectionFailure.WasNeverSent(e),
    };

    /// <summary>Whether the service says that the operation failed, or was canceled.</summary>
    public static bool HasOperationFailed(RequestFailedException e) =>
        e.Status is >= 200 and < 300 && ArmError.Of(e).OperationHasFailed;
}
