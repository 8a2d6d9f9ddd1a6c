namespace CogRecover;

/// <summary>Shows the time that is left to restore an account: a small bar, hours and minutes. For the table view.</summary>
public static class TimeLeft
{
    private const int Cells = 5;

    // https://learn.microsoft.com/azure/ai-services/recover-purge-resources
    private static readonly TimeSpan Retention = TimeSpan.FromHours(48);

    /// <summary>The bar and the time, such as <c>████░ 41h 20m</c>; 13 characters wide at most.</summary>
    /// <param name="left">What is left; null if it isn't known.</param>
    /// <param name="colour">
    /// Whether the host shows colours: green, yellow under 12 hours, red under 4. <c>NO_COLOR</c> wins.
    /// </param>
    public static string Format(TimeSpan? left, bool colour)
    {
        if (left is not { } time) return "unknown";
        string text = time <= TimeSpan.Zero ? "expired" : $"{Bar(time)} {Time(time)}";
        return colour && CanColour ? $"\u001b[{Colour(time)}m{text}\u001b[0m" : text;
    }

    /// <summary>Hours and minutes, such as <c>41h 20m</c>.</summary>
    public static string Time(TimeSpan left) => $"{(int)left.TotalHours,2}h {left.Minutes,2}m";

#if NET
    private static bool CanColour => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
#else
    // Windows PowerShell counts the escape sequences as text, and cuts the column.
    private static bool CanColour => false;
#endif

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
}
