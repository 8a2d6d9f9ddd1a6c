namespace CogRecover.Input;

/// <summary>When an account was deleted, as files, jobs and other modules give it. Text without a time zone may be UTC
/// or local, and the day may come before or after the month: every reading counts, to the second.</summary>
internal sealed class DeletionTime
{
    private const string DateProperty = "DeletionDate";

    // What Az writes of a live account has this property and no date.
    private const string StateProperty = "ProvisioningState";

    private readonly long[] seconds;
    private readonly string text;

    private DeletionTime(IEnumerable<DateTime> readings, string text) =>
        (seconds, this.text) = ([.. readings.Select(Second)], text);

    /// <summary>Reads a date, its text, or an object that has it as <c>DeletionDate</c>.</summary>
    /// <param name="given">The properties of what Az writes, for example.</param>
    /// <param name="time">The time; null if none is given.</param>
    /// <returns>False if what is given can't be read.</returns>
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
                DateTime[] dates = [.. Parse(text.Trim())];
                if (dates.Length > 0) time = new(dates.SelectMany(Readings), $"'{text.Trim()}'");
                return time is not null;
            case IDictionary table:
                string[] keys = [.. table.Keys.OfType<string>()];
                return Array.Find(keys, key => Is(key, DateProperty)) is { } dateKey
                    ? TryRead(table[dateKey], out time)
                    : Array.Exists(keys, key => Is(key, StateProperty));
            case IConvertible or IEnumerable:
                return false;
            default:
                // Windows PowerShell writes some dates to JSON as an object with a value.
                PSMemberInfoCollection<PSPropertyInfo> properties = PSObject.AsPSObject(given).Properties;
                return (properties[DateProperty] ?? properties["value"]) is { } property
                    ? TryRead(property.Value, out time)
                    : properties[StateProperty] is not null;
        }
    }

    /// <param name="deletionDate">When an account was deleted, in UTC; null if the service doesn't say.</param>
    public bool Is(DateTime? deletionDate) => deletionDate is { } date && seconds.Contains(Second(date));

    /// <summary>Whether every reading is before a moment.</summary>
    public bool IsBefore(DateTime moment) => Array.TrueForAll(seconds, second => second < Second(moment));

    /// <summary>The time in UTC, or as it was given.</summary>
    public override string ToString() => text;

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<DateTime> Parse(string text)
    {
        // The messages of this module show dates so.
        if (text.EndsWith(" UTC", StringComparison.OrdinalIgnoreCase)) text = text.Substring(0, text.Length - 4) + "Z";
        const DateTimeStyles styles = DateTimeStyles.RoundtripKind | DateTimeStyles.AllowWhiteSpaces;
        foreach (CultureInfo culture in new[] { CultureInfo.CurrentCulture, CultureInfo.InvariantCulture })
            if (DateTime.TryParse(text, culture, styles, out DateTime date)) yield return date;
    }

    private static IEnumerable<DateTime> Readings(DateTime date) => date.Kind == DateTimeKind.Unspecified
        ? [date, DateTime.SpecifyKind(date, DateTimeKind.Local).ToUniversalTime()]
        : [date.ToUniversalTime()];

    private static string Show(DateTime date) =>
        date.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        + (date.Kind == DateTimeKind.Utc ? " UTC" : "");

    private static long Second(DateTime date) => date.Ticks / TimeSpan.TicksPerSecond;
}
