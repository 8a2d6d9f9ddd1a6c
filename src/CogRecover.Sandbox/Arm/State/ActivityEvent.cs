using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <summary>An event of the Activity Log: something was begun or ended.</summary>
/// <param name="ResourceId">What it was done to.</param>
/// <param name="OperationName">What was done: <c>Microsoft.CognitiveServices/accounts/delete</c>.</param>
/// <param name="Status"><c>Started</c>, <c>Succeeded</c> or <c>Failed</c>.</param>
/// <param name="Caller">Who did it: a user's name, or the object id of an application.</param>
/// <param name="Timestamp">When, UTC.</param>
/// <param name="CorrelationId">The same for all events of one request.</param>
public sealed record ActivityEvent(
    string ResourceId,
    string OperationName,
    string Status,
    string Caller,
    DateTimeOffset Timestamp,
    string CorrelationId) : ISequenced
{
    private readonly string[] segments = ResourceId.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public long Sequence { get; init; }

    /// <summary>The event's own id.</summary>
    public Guid EventDataId { get; init; } = Guid.NewGuid();

    /// <summary>The resource id of the managed identity that did it; null if it was none.</summary>
    public string? IdentityId { get; init; }

    /// <summary>The subscription, a GUID.</summary>
    public string SubscriptionId => segments[1];

    /// <summary>The resource group; empty: the resource stands in none.</summary>
    public string ResourceGroupName =>
        segments.Length > 3 && segments[2].Is("resourceGroups") ? segments[3] : "";

    /// <summary>The namespace of the resource.</summary>
    public string ResourceProvider => OperationName.Split('/')[0];
}
