using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace CogRecover.Input;

/// <summary>
/// When an account was deleted, as it came with the account through a file, a job or another module. Text without a
/// time zone may be UTC or local, and a day and a month may be in either order: each reading counts, to the second.
/// </summary>
internal sealed class DeletionTime
{
    private const string DateProperty = "DeletionDate";

    // The properties of every account have it; those of a live one have no date.
    private const string StateProperty = "ProvisioningState";
    private const DateTimeStyles Styles = DateTimeStyles.RoundtripKind | DateTimeStyles.AllowWhiteSpaces;

    private readonly long[] seconds;
    private readonly string text;

    private DeletionTime(IEnumerable<DateTime> moments, string text) =>
        (seconds, this.text) = ([.. moments.Select(Second)], text);

    /// <summary>Reads what came with an account.</summary>
    /// <param name="given">
    /// A date, its text, or an object that has it as <c>DeletionDate</c>, such as the properties of what Az writes.
    /// </param>
    /// <param name="time">The time; null if none came.</param>
    /// <returns>False if something came that can't be read.</returns>
    public static bool TryRead(object? given, out DeletionTime? time)
    {
        time = null;
        switch (given is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : given)
        {
            case null:
            case string blank when string.IsNullOrWhiteSpace(blank):
                return true;
            case DateTime date:
                time = new(Readings(date), Show(date));
                return true;
            case DateTimeOffset date:
                time = new([date.UtcDateTime], Show(date.UtcDateTime));
                return true;
            case string text:
                DateTime[] read = [.. Parse(text.Trim())];
                if (read.Length > 0) time = new(read.SelectMany(Readings), $"'{text.Trim()}'");
                return time is not null;
            case IDictionary table:
                string[] names = [.. table.Keys.OfType<string>()];
                string? named = Array.Find(names, name => Is(name, DateProperty));
                return named is null
                    ? Array.Exists(names, name => Is(name, StateProperty))
                    : TryRead(table[named], out time);
            case IConvertible or IEnumerable:
                return false;
            default:
                // Windows PowerShell writes some dates to JSON as an object with a value.
                PSMemberInfoCollection<PSPropertyInfo> properties = PSObject.AsPSObject(given).Properties;
                PSPropertyInfo? property = properties[DateProperty] ?? properties["value"];
                return property is null ? properties[StateProperty] is not null : TryRead(property.Value, out time);
        }
    }

    /// <summary>Whether an account was deleted at that time.</summary>
    /// <param name="deletionDate">When it was deleted, in UTC; null if the service doesn't say.</param>
    public bool Is(DateTime? deletionDate) =>
        deletionDate is { } date && Array.IndexOf(seconds, Second(date)) >= 0;

    /// <summary>Whether the time is over at a moment, however it is read.</summary>
    public bool IsBefore(DateTime moment) => Array.TrueForAll(seconds, second => second < Second(moment));

    /// <summary>The time in UTC, or as it was given.</summary>
    public override string ToString() => text;

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<DateTime> Parse(string text)
    {
        // As the messages of this module show dates.
        if (text.EndsWith(" UTC", StringComparison.OrdinalIgnoreCase)) text = text.Substring(0, text.Length - 4) + "Z";
        foreach (CultureInfo culture in new[] { CultureInfo.CurrentCulture, CultureInfo.InvariantCulture })
            if (DateTime.TryParse(text, culture, Styles, out DateTime date)) yield return date;
    }

    private static IEnumerable<DateTime> Readings(DateTime date) => date.Kind == DateTimeKind.Unspecified
        ? [date, DateTime.SpecifyKind(date, DateTimeKind.Local).ToUniversalTime()]
        : [date.ToUniversalTime()];

    private static string Show(DateTime date) =>
        date.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        + (date.Kind == DateTimeKind.Utc ? " UTC" : "");

    private static long Second(DateTime date) => date.Ticks / TimeSpan.TicksPerSecond;
}
