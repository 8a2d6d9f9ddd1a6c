namespace CogRecover.Core.Http.Throttling;

/// <summary>The wait for Azure Resource Manager to take a request was canceled: nothing was sent.</summary>
/// <param name="notice">What it waited for; null if it only waited for its turn.</param>
/// <param name="refusal">The last refusal of a request of that kind; null if there was none.</param>
internal sealed class ThrottledException(
    ThrottleNotice? notice, RequestFailedException? refusal, OperationCanceledException cause)
    : OperationCanceledException(cause.Message, cause, cause.CancellationToken)
{
    public ThrottleNotice? Notice => notice;
    public RequestFailedException? Refusal => refusal;
}
