using System.Globalization;

namespace CogRecover.Core.Errors;

/// <summary>Dates in messages: in the calendar of the service, whatever the user's.</summary>
internal static class UtcDate
{
    /// <summary>A date in UTC, such as <c>2026-11-23 14:02 UTC</c>.</summary>
    public static string Format(DateTime date) =>
        date.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A date in UTC that is to be told from others of the same minute.</summary>
    public static string FormatSeconds(DateTime date) =>
        date.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
