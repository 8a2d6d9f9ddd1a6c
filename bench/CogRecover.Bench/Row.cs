using System.Globalization;

namespace CogRecover.Bench;

/// <summary>A line of the table.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Measured">What came out.</param>
/// <param name="Limit">What it is held against.</param>
/// <param name="Ratio">The one by the other, or how much more it is.</param>
/// <param name="Allowed">What that may be.</param>
/// <param name="IsWithin">Whether it is no more; null where nothing is promised.</param>
internal sealed record Row(
    string What, string Measured, string Limit, string Ratio, string Allowed, bool? IsWithin)
{
    /// <summary>A time that may be so many times its limit.</summary>
    public static Row Times(string what, TimeSpan measured, TimeSpan limit, double allowed)
    {
        double ratio = measured / limit;
        return new(what, Show(measured), Show(limit), Show($"{ratio:0.00} x"), Show($"{allowed:0.00} x"),
            ratio <= allowed);
    }

    /// <summary>Memory that may be so much.</summary>
    /// <param name="what">What is measured.</param>
    /// <param name="measured">Bytes.</param>
    /// <param name="limit">Bytes.</param>
    public static Row AtMost(string what, double measured, double limit)
    {
        double ratio = measured / limit;
        return new(what, ShowBytes(measured), ShowBytes(limit), Show($"{ratio:0.00} x"), "1.00 x", ratio <= 1);
    }

    /// <summary>Memory that may be so much more than other memory.</summary>
    /// <param name="what">What is measured.</param>
    /// <param name="measured">Bytes.</param>
    /// <param name="other">Bytes.</param>
    /// <param name="allowed">Bytes.</param>
    public static Row More(string what, double measured, double other, double allowed) => new(
        what, ShowBytes(measured), ShowBytes(other), Show($"{(measured - other) / (1 << 20):+0.0;-0.0} MB"),
        "+" + ShowBytes(allowed), measured - other <= allowed);

    private static string Show(TimeSpan time) => time.TotalSeconds >= 1
        ? Show($"{time.TotalSeconds:0.00} s")
        : Show($"{time.TotalMilliseconds:0.0} ms");

    private static string ShowBytes(double bytes) => Show($"{bytes / (1 << 20):0.0} MB");

    private static string Show(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
