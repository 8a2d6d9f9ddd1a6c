namespace CogRecover.Core.Errors;

/// <summary>Dates in messages: in UTC and the Gregorian calendar, whatever the user's culture.</summary>
internal static class UtcDate
{
    /// <summary>Such as <c>2026-11-23 14:02 UTC</c>.</summary>
    public static string Format(DateTime date) =>
        date.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>By when something has to be done for an account, to follow what it is; empty if that isn't known, or it
    /// is too late.</summary>
    public static string BeforePurge(DateTime? scheduledPurgeDate) => scheduledPurgeDate > DateTime.UtcNow
        ? $" before {Format(scheduledPurgeDate.Value)}, when the service purges the account"
        : "";

    /// <summary>Such as <c>2026-11-23 14:02:37 UTC</c>.</summary>
    public static string FormatSeconds(DateTime date) =>
        date.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
