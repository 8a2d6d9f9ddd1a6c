using System.Globalization;
using System.Management.Automation.Host;

namespace CogRecover.Formatting;

/// <summary>
/// Cuts the cells of the account tables to the width of the window. PowerShell 7 sizes the columns by their contents,
/// from left to right, and drops what doesn't fit: the time that is left would be the first to go.
/// </summary>
public static class AccountTable
{
    // What the columns have in a window of 80, of which consoles on Windows leave the last free. The date and the time
    // that is left take 11 each and are never cut, and there is a space between columns.
    private const int Narrow = 80;
    private const int NarrowName = 19;
    private const int NarrowGroup = 13;
    private const int NarrowLocation = 10;
    private const int NarrowKind = 10;

    /// <summary>Cuts an account's name.</summary>
    public static string Name(string? text, PSHost host) => Cut(text, NarrowName + (Spare(host) / 4));

    /// <summary>Cuts a resource group's name.</summary>
    public static string Group(string? text, PSHost host) => Cut(text, NarrowGroup + (Spare(host) / 4));

    /// <summary>Cuts a region's name.</summary>
    public static string Location(string? text, PSHost host) => Cut(text, NarrowLocation + (Spare(host) / 4));

    /// <summary>Cuts a kind of account.</summary>
    public static string Kind(string? text, PSHost host) => Cut(text, NarrowKind + (Spare(host) / 4));

    /// <summary>A date in the calendar of the service, whatever the user's: <c>2026-11-23 14:02</c>.</summary>
    public static string Date(DateTime date) => date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A date of the last days, without its year: <c>11-23 14:02</c>; empty if there is none.</summary>
    public static string ShortDate(DateTime? date) =>
        date?.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static string Cut(string? text, int width) =>
        text is null || text.Length <= width ? text ?? "" : text.Substring(0, width - 1) + "…";

    /// <summary>What the window has above 80 characters.</summary>
    internal static int Spare(PSHost host)
    {
        try
        {
            return Math.Max(0, (host.UI?.RawUI?.BufferSize.Width ?? 0) - Narrow);
        }
        catch (Exception e) when (e is HostException or NotImplementedException)
        {
            // A host without a window, such as a runbook's or a job's.
            return 0;
        }
    }
}
