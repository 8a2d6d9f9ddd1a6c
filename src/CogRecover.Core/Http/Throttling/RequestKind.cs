namespace CogRecover.Core.Http.Throttling;

/// <summary>How Azure Resource Manager counts requests: by subscription, and reads, writes and deletes apart
/// (https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling).</summary>
/// <param name="SubscriptionId">In lower case; null for requests without one.</param>
/// <param name="Name"><c>reads</c>, <c>writes</c> or <c>deletes</c>.</param>
internal readonly record struct RequestKind(string? SubscriptionId, string Name)
{
    /// <summary>How fast the service's bucket refills, in requests a second.</summary>
    public double Refill => IsRead ? 25 : 10;

    public bool IsRead => Name == "reads";

    /// <summary>The header that says how many requests are left.</summary>
    public string RemainingHeader =>
        $"x-ms-ratelimit-remaining-{(SubscriptionId is null ? "tenant" : "subscription")}-{Name}";

    public static RequestKind Of(Request request)
    {
        string name = request.Method.Method switch
        {
            "GET" or "HEAD" => "reads",
            "DELETE" => "deletes",
            _ => "writes",
        };
        string[] segments = request.Uri.Path.Split(['/'], 4, StringSplitOptions.RemoveEmptyEntries);
        return segments is ["subscriptions", var subscription, ..]
            ? new(subscription.ToLowerInvariant(), name)
            : new(null, name);
    }
}
