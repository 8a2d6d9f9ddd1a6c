namespace CogRecover.Formatting;

/// <summary>Shows what is in the way of a restore.</summary>
public static class RestoreFindings
{
    // What the other columns leave of a window of 80.
    private const int NarrowSummary = 34;
    private const int NarrowMessage = 57;

    /// <summary>For the table: what each check found that didn't pass.</summary>
    public static string Summary(RestoreTestResult result, PSHost host)
    {
        string[] findings =
            [.. result.Checks.Where(check => check.Status != RestoreCheckStatus.Passed).Select(Finding)];
        return findings.Length == 0
            ? $"All {result.Checks.Count} checks passed."
            : Wrap(findings, NarrowSummary + AccountTable.Spare(host) / 2);
    }

    /// <summary>What a check found, and what to do about it.</summary>
    public static string Message(RestoreCheck check, PSHost host) => Wrap(
        check.RecommendedAction is { } action ? [check.Message, action] : [check.Message],
        NarrowMessage + AccountTable.Spare(host));

    /// <summary>For the list: what every check found, and what to do about it.</summary>
    public static string Details(RestoreTestResult result) => string.Join("\n", result.Checks.Select(check =>
        check.RecommendedAction is { } action ? $"{Finding(check)}\n  {action}" : Finding(check)));

    private static string Finding(RestoreCheck check) => $"{check.Status} {check.Name}: {check.Message}";

    // PowerShell breaks lines in the middle of words.
    private static string Wrap(IEnumerable<string> texts, int width)
    {
        List<string> lines = [];
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

                line = line.Length == 0 ? word : $"{line} {word}";
            }

            lines.Add(line);
        }

        return string.Join("\n", lines);
    }
}
