namespace CogRecover.Formatting;

/// <summary>Shows how long an account can still be restored.</summary>
public static class TimeLeft
{
    private const int Cells = 4;

    // https://learn.microsoft.com/azure/ai-services/recover-purge-resources
    private const double RetentionHours = 48;

    /// <summary>A bar and the time in 11 characters, such as <c>███░ 31h20m</c>: green, yellow under 12 hours, red
    /// under 4, if the host shows colours and <c>NO_COLOR</c> isn't set.</summary>
    /// <param name="left">The time; null if it isn't known.</param>
    public static string Format(TimeSpan? left, PSHost host)
    {
        if (left is not { } time) return Text(left);
        int full = (int)Math.Ceiling(Math.Min(1, time.TotalHours / RetentionHours) * Cells);
        string text = full <= 0 ? Text(left) : $"{new string('█', full)}{new string('░', Cells - full)} {Text(left),6}";
        int colour = time.TotalHours switch { < 4 => 31, < 12 => 33, _ => 32 };
        return ShowsColour(host) ? $"\u001b[{colour}m{text}\u001b[0m" : text;
    }

    /// <summary>The time alone, such as <c>31h20m</c>.</summary>
    internal static string Text(TimeSpan? left) => left switch
    {
        null => "unknown",
        { Ticks: <= 0 } => "expired",
        { } time => $"{(int)time.TotalHours}h{time.Minutes:00}m",
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
