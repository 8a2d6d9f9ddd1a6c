using System.Management.Automation.Host;

namespace CogRecover.Formatting;

/// <summary>Shows the time that is left to restore an account: a small bar, hours and minutes.</summary>
public static class TimeLeft
{
    private const int Cells = 4;

    // https://learn.microsoft.com/azure/ai-services/recover-purge-resources
    private static readonly TimeSpan Retention = TimeSpan.FromHours(48);

    /// <summary>
    /// The bar and the time, such as <c>███░ 31h20m</c>; 11 characters wide. Green, yellow under 12 hours, red under 4,
    /// where the host shows colours and <c>NO_COLOR</c> isn't set.
    /// </summary>
    /// <param name="left">What is left; null if it isn't known.</param>
    /// <param name="host">The host that shows it.</param>
    public static string Format(TimeSpan? left, PSHost host)
    {
        if (left is not { } time) return Text(left);
        string text = time <= TimeSpan.Zero ? Text(left) : $"{Bar(time)} {Text(left),6}";
        return ShowsColour(host) ? $"\u001b[{Colour(time)}m{text}\u001b[0m" : text;
    }

    /// <summary>The time alone, such as <c>31h20m</c>.</summary>
    internal static string Text(TimeSpan? left) => left switch
    {
        null => "unknown",
        { Ticks: <= 0 } => "expired",
        { } time => $"{(int)time.TotalHours}h{time.Minutes:00}m",
    };

    private static string Bar(TimeSpan left)
    {
        int full = (int)Math.Ceiling(Math.Min(1, left.TotalHours / Retention.TotalHours) * Cells);
        return new string('█', full) + new string('░', Cells - full);
    }

    private static int Colour(TimeSpan left) => left.TotalHours switch
    {
        < 4 => 31,
        < 12 => 33,
        _ => 32,
    };

#if NET
    private static bool ShowsColour(PSHost host) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && host.UI is { SupportsVirtualTerminal: true };
#else
    // Windows PowerShell counts escape sequences as text, and cuts the column.
    private static bool ShowsColour(PSHost host) => false;
#endif
}
