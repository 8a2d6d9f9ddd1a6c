using System.Management.Automation.Host;

namespace CogRecover.Formatting;

/// <summary>Shows what is in the way of a restore, failures first.</summary>
public static class RestoreFindings
{
    // What the other columns and the spaces between leave of a window of 80: beside the name, the group and the answer,
    // and beside a check's name and status.
    private const int NarrowWidth = 34;
    private const int NarrowMessage = 57;

    /// <summary>A few lines for the table: each check that didn't pass, with what was found.</summary>
    public static string Summary(RestoreTestResult result, PSHost host)
    {
        string[] findings =
        [
            .. NotPassed(result).Select(check => $"{check.Status} {check.Name}: {check.Message}"),
        ];
        return findings.Length == 0
            ? $"All {result.Checks.Count} checks passed."
            : Wrap(findings, NarrowWidth + AccountTable.Spare(host) / 2);
    }

    /// <summary>What a check found, and what to do about it.</summary>
    public static string Message(RestoreCheck check, PSHost host) => Wrap(
        check.RecommendedAction is { } action ? [check.Message, action] : [check.Message],
        NarrowMessage + AccountTable.Spare(host));

    /// <summary>All checks for the list, and for each that didn't pass what to do.</summary>
    public static string Details(RestoreTestResult result) => string.Join(
        "\n",
        result.Checks.SelectMany(check => check.RecommendedAction is null
            ? new[] { $"{check.Status} {check.Name}: {check.Message}" }
            : [$"{check.Status} {check.Name}: {check.Message}", "  " + check.RecommendedAction]));

    private static IEnumerable<RestoreCheck> NotPassed(RestoreTestResult result) =>
        result.Checks.Where(check => check.Status != RestoreCheckStatus.Passed);

    // PowerShell would break a line in the middle of a word.
    private static string Wrap(IEnumerable<string> texts, int width)
    {
        var lines = new List<string>();
        foreach (string text in texts)
        {
            string line = "";
            foreach (string word in text.Split(' '))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    lines.Add(line);
                    line = " ";
                }

                line = line.Length == 0 ? word : line + " " + word;
            }

            lines.Add(line);
        }

        return string.Join("\n", lines);
    }
}
