namespace CogRecover.Core.Accounts;

/// <summary>A deletion in the Activity Log that succeeded, or goes on, and whose caller is known.</summary>
/// <param name="BeganAt">When it began, in UTC; null if the log has its end only.</param>
/// <param name="EndedAt">When it ended, in UTC; null if the log has no end of it.</param>
internal sealed record LoggedDeletion(string ResourceId, string Caller, DateTime? BeganAt, DateTime? EndedAt)
{
    /// <summary>Reads the deletions of one kind. A deletion has several events. One that failed, and wasn't done at
    /// another try, has deleted nothing.</summary>
    /// <param name="operation">The operation, such as <c>Microsoft.CognitiveServices/accounts/delete</c>.</param>
    public static IEnumerable<LoggedDeletion> Read(IEnumerable<JsonElement> events, string operation) => events
        .Where(one => Is(one, "operationName", operation))
        .GroupBy(one => (Resource: one.Text("resourceId")?.ToUpperInvariant(), Request: one.Text("correlationId")
            ?? one.Text("eventTimestamp")))
        .Where(deletion => deletion.Key.Resource is not null && (deletion.Any(HasSucceeded)
            || !deletion.Any(one => Is(one, "status", "Failed") || Is(one, "status", "Canceled"))))
        .SelectMany(deletion => Of(deletion.Key.Resource!, [.. deletion]));

    /// <summary>How far it is from a date to its begin or its end, whichever is nearer; null if it can't have been
    /// going on then.</summary>
    /// <param name="skew">How far the clocks may be apart.</param>
    public TimeSpan? GapTo(DateTime date, TimeSpan skew)
    {
        if (BeganAt - date > skew || date - EndedAt > skew) return null;
        TimeSpan? toBegin = (date - BeganAt)?.Duration(), toEnd = (date - EndedAt)?.Duration();
        return toBegin is null || toEnd < toBegin ? toEnd : toBegin;
    }

    private static IEnumerable<LoggedDeletion> Of(string resourceId, JsonElement[] events)
    {
        // The log has the claims of the caller's token. One of them is the resource id of a managed identity.
        string? caller = events
            .Select(one => CallerName.Of(one.Text("caller"), identityId: one.Child("claims").Text("xms_mirid")))
            .FirstOrDefault(name => name is not null);
        if (caller is null) yield break;
        yield return new(
            resourceId, caller, events.Where(one => !HasSucceeded(one)).Min(At), events.Where(HasSucceeded).Max(At));
    }

    private static bool HasSucceeded(JsonElement logged) => Is(logged, "status", "Succeeded");

    private static DateTime? At(JsonElement logged) => logged.Text("eventTimestamp").AsDate();

    private static bool Is(JsonElement logged, string field, string value) =>
        value.Equals(logged.Child(field).Text("value"), StringComparison.OrdinalIgnoreCase);
}
