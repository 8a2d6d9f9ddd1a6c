namespace CogRecover.Core.Arm.Throttling;

/// <summary>Says that Azure Resource Manager takes no more requests of a kind for a while, and that all of that kind
/// wait.</summary>
/// <param name="SubscriptionId">The subscription's GUID; null for requests to none, such as for the list of
/// subscriptions.</param>
/// <param name="Kind"><c>reads</c>, <c>writes</c> or <c>deletes</c>.</param>
/// <param name="Until">When they go on, in UTC.</param>
public sealed record ThrottleNotice(string? SubscriptionId, string Kind, DateTime Until)
{
    /// <summary>The notice in a sentence.</summary>
    public override string ToString() =>
        $"Azure Resource Manager takes no more {Kind} "
        + (SubscriptionId is null ? "" : $"of subscription {SubscriptionId} ")
        + $"until {Until:HH:mm:ss} UTC";
}
