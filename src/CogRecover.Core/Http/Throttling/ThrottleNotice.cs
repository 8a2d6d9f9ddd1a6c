using System.Globalization;
using CogRecover.Core.Errors;

namespace CogRecover.Core.Http.Throttling;

/// <summary>Says that requests of a kind wait, for Azure Resource Manager takes no more of them for a while, or takes
/// few.</summary>
/// <param name="SubscriptionId">The subscription's GUID; null for requests to none, such as for the list of
/// subscriptions.</param>
/// <param name="Kind"><c>reads</c>, <c>writes</c> or <c>deletes</c>.</param>
/// <param name="Until">When they go on, or when all that wait now are sent, in UTC.</param>
/// <param name="PerSecond">How many are sent a second, where few are left; null where none is taken.</param>
public sealed record ThrottleNotice(string? SubscriptionId, string Kind, DateTime Until, double? PerSecond = null)
{
    /// <summary>When they go on, as a text: with a date where it is many hours until then.</summary>
    public string UntilText => Until - DateTime.UtcNow < TimeSpan.FromHours(12)
        ? Until.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"
        : UtcDate.Format(Until);

    /// <summary>The notice in a sentence.</summary>
    public override string ToString()
    {
        string requests = Kind + (SubscriptionId is null ? "" : $" of subscription {SubscriptionId}");
        return PerSecond is null
            ? $"Azure Resource Manager takes no more {requests} until {UntilText}"
            : $"Few {requests} are left: {PerSecond:0} are sent a second, and all that wait now by {UntilText}";
    }
}
