using Azure;

namespace CogRecover.Core.Http.Throttling;

/// <summary>The wait for Azure Resource Manager to take requests again was canceled: nothing was sent.</summary>
internal sealed class ThrottledException(
    ThrottleNotice? notice, RequestFailedException? refusal, OperationCanceledException cause)
    : OperationCanceledException(cause.Message, cause, cause.CancellationToken)
{
    /// <summary>What it waited for; null for its turn among few requests.</summary>
    public ThrottleNotice? Notice { get; } = notice;

    /// <summary>The last request of the kind that was refused, if any.</summary>
    public RequestFailedException? Refusal { get; } = refusal;
}
