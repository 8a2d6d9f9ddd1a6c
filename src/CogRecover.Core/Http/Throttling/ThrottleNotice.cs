namespace CogRecover.Core.Http.Throttling;

/// <summary>Requests of a kind wait, because Azure Resource Manager accepts few of them, or none.</summary>
/// <param name="SubscriptionId">The subscription's GUID; null for requests without one.</param>
/// <param name="Kind"><c>reads</c>, <c>writes</c> or <c>deletes</c>.</param>
/// <param name="Until">When all that wait now are sent, in UTC.</param>
/// <param name="PerSecond">How many are sent a second; null if none is.</param>
internal sealed record ThrottleNotice(string? SubscriptionId, string Kind, DateTime Until, double? PerSecond = null)
{
    /// <summary><see cref="Until"/> as text: with a date if it is many hours away.</summary>
    public string UntilText => Until - DateTime.UtcNow < TimeSpan.FromHours(12)
        ? Until.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"
        : UtcDate.Format(Until);

    /// <summary>The notice in a sentence.</summary>
    public override string ToString()
    {
        string requests = Kind + (SubscriptionId is null ? "" : $" of subscription {SubscriptionId}");
        return PerSecond is null
            ? $"Azure Resource Manager accepts no more {requests} until {UntilText}"
            : $"Few {requests} are left: {PerSecond:0} are sent per second, and all that wait now are sent by "
                + UntilText;
    }
}
