namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>A subscription of the tenant.</summary>
/// <param name="SubscriptionId">A GUID.</param>
/// <param name="DisplayName">What the portal shows.</param>
/// <param name="State"><c>Enabled</c>, <c>Warned</c>, <c>PastDue</c>, <c>Disabled</c> or <c>Deleted</c>.</param>
public sealed record Subscription(string SubscriptionId, string DisplayName, string State) : ISequenced
{
    /// <inheritdoc/>
    public long Sequence { get; init; }
}
