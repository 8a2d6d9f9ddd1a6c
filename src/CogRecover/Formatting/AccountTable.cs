namespace CogRecover.Formatting;

/// <summary>Cuts the cells of the account tables to the width of the window. Otherwise PowerShell 7, which sizes the
/// columns from left to right, drops the last one: the time that is left.</summary>
public static class AccountTable
{
    private const int Narrow = 80;

    // In a window of 80, of which Windows leaves the last character free. Each date takes 11, and a space stands
    // between columns.
    private const int NarrowName = 19;
    private const int NarrowGroup = 13;
    private const int NarrowLocation = 10;
    private const int NarrowKind = 10;

    /// <summary>Cuts an account's name.</summary>
    public static string Name(string? text, PSHost host) => Cut(text, NarrowName, host);

    /// <summary>Cuts a resource group's name.</summary>
    public static string Group(string? text, PSHost host) => Cut(text, NarrowGroup, host);

    /// <summary>Cuts a region's name.</summary>
    public static string Location(string? text, PSHost host) => Cut(text, NarrowLocation, host);

    /// <summary>Cuts a kind of account.</summary>
    public static string Kind(string? text, PSHost host) => Cut(text, NarrowKind, host);

    /// <summary>A date in the calendar of the service, whatever the user's: <c>2026-11-23 14:02</c>.</summary>
    public static string Date(DateTime date) => date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A date without its year: <c>11-23 14:02</c>; empty if there is none.</summary>
    public static string ShortDate(DateTime? date) =>
        date?.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The characters that the window has beyond 80.</summary>
    internal static int Spare(PSHost host)
    {
        try
        {
            return Math.Max(0, (host.UI?.RawUI?.BufferSize.Width ?? 0) - Narrow);
        }
        catch (Exception e) when (e is HostException or NotImplementedException)
        {
            // A runbook or a job has no window.
            return 0;
        }
    }

    // The four columns share what the window has beyond 80.
    private static string Cut(string? text, int narrow, PSHost host)
    {
        int width = narrow + (Spare(host) / 4);
        return text is null || text.Length <= width ? text ?? "" : text.Substring(0, width - 1) + "…";
    }
}
