using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>The Activity Log.</content>
public sealed partial class ArmState
{
    private readonly List<ActivityEvent> activity = [];

    /// <summary>Adds an event to the Activity Log.</summary>
    /// <param name="resourceId">What it was done to.</param>
    /// <param name="operationName">What was done: <c>Microsoft.CognitiveServices/accounts/delete</c>.</param>
    /// <param name="status"><c>Started</c>, <c>Succeeded</c> or <c>Failed</c>.</param>
    /// <param name="caller">Who did it: a user's name, or the object id of an application.</param>
    /// <param name="timestamp">When; null: now.</param>
    /// <param name="correlationId">The same for all events of one request; null: a new one.</param>
    /// <param name="identityId">The resource id of the managed identity that did it; null: it was none.</param>
    public ActivityEvent AddActivityEvent(
        string resourceId,
        string operationName,
        string status,
        string caller,
        DateTimeOffset? timestamp = null,
        string? correlationId = null,
        string? identityId = null)
    {
        using var _ = Enter();
        var added = new ActivityEvent(
            resourceId, operationName, status, caller, timestamp ?? Now, correlationId ?? Guid.NewGuid().ToString())
        {
            Sequence = ++sequence, IdentityId = identityId,
        };
        activity.Add(added);
        return added;
    }

    /// <summary>The events of a subscription, the newest first, each in a place that later events don't change.
    /// </summary>
    internal List<ActivityEvent> ActivityIn(string subscriptionId)
    {
        using var _ = Enter();
        return [.. activity
            .Where(one => one.SubscriptionId.Is(subscriptionId))
            .OrderBy(one => one.Timestamp).ThenBy(one => one.Sequence)
            .Select((one, rank) => one with { Sequence = long.MaxValue - rank })
            .Reverse()];
    }

    private void LogDeletion(Account account, string deletedBy, DateTimeOffset at)
    {
        var correlationId = Guid.NewGuid().ToString();
        // The service needs a moment, and dates the deletion when it is done.
        Add("Started", at - TimeSpan.FromMilliseconds(1_380));
        Add("Succeeded", at);

        void Add(string status, DateTimeOffset when) => AddActivityEvent(
            account.Id, ArmType.Accounts.FullName + "/delete", status, deletedBy, when, correlationId);
    }
}
