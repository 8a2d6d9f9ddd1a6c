using System.Text.RegularExpressions;
using System.Xml;

namespace CogRecover.Input;

/// <summary>Reads a time span as people write it: <c>4h</c>, <c>1h 30m</c>, <c>04:00:00</c> or, in ISO 8601,
/// <c>PT4H</c>. Refuses a bare number, which PowerShell would read as ticks of 100 ns, and .NET as days.</summary>
internal sealed class DurationAttribute : ArgumentTransformationAttribute
{
    private static readonly Regex BlanksAroundUnit = new(@"\s*([DHMS])\s*", RegexOptions.CultureInvariant);

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (inputData is null) return null;

        // As it is typed: PowerShell takes 90s and 1d for numbers.
        string text = LanguagePrimitives.ConvertTo<string>(inputData);
        object given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return Require(given as TimeSpan? ?? Read(text), text);
    }

    private static TimeSpan Require(TimeSpan? duration, string given)
    {
        if (duration is null) throw Refusal($"'{given}' isn't a time span.");
        if (duration < TimeSpan.FromSeconds(1)) throw Refusal($"'{given}' is less than a second.");
        if (duration > TimeSpan.FromDays(24)) throw Refusal($"'{given}' is more than 24 days, which is too long.");
        return duration.Value;
    }

    private static TimeSpan? Read(string text)
    {
        // Its other formats read 24:00:00 as 24 days.
        if (text.Contains(':'))
            return TimeSpan.TryParseExact(text.Trim(), "c", CultureInfo.InvariantCulture, out TimeSpan time)
                ? time
                : null;
        string iso = BlanksAroundUnit.Replace(text.Trim().ToUpperInvariant(), "$1");
        if (!iso.StartsWith("P", StringComparison.Ordinal))
        {
            int daysEnd = iso.IndexOf('D') + 1;
            iso = "P" + (daysEnd < iso.Length ? iso.Insert(daysEnd, "T") : iso);
        }

        try
        {
            return XmlConvert.ToTimeSpan(iso);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static ArgumentTransformationMetadataException Refusal(string reason) =>
        new($"{reason} Write 4h, 90s, 1h30m or 04:00:00.");
}
