using CogRecover.Sandbox.Arm.Http;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>A long-running operation, as it is polled.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SubscriptionId">The subscription, a GUID.</param>
/// <param name="Location">The region as the account's creator typed it.</param>
/// <param name="RunningStatus">What it says while it runs: <c>Creating</c>, <c>Deleting</c>.</param>
/// <param name="StartTime">When it began, UTC.</param>
/// <param name="EndTime">When it ends, UTC.</param>
/// <param name="Error">Why it ends <c>Failed</c>; null: it succeeds.</param>
internal sealed record ArmOperation(
    Guid Id,
    string SubscriptionId,
    string Location,
    string RunningStatus,
    DateTimeOffset StartTime,
    DateTimeOffset EndTime,
    ArmException? Error)
{
    /// <summary>What makes a URL the one of a <c>Location</c> header.</summary>
    public const string AsLocation = "operationResultResponseType=Location";
}
