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
            : CellText.Wrap(findings, NarrowSummary + (Spare(host) / 2), host);
    }

    /// <summary>What a check found, and what to do about it.</summary>
    public static string Message(RestoreCheck check, PSHost host) => CellText.Wrap(
        check.RecommendedAction is { } action ? [check.Message, action] : [check.Message],
        NarrowMessage + Spare(host), host);

    /// <summary>For the list: what every check found, and what to do about it.</summary>
    public static string Details(RestoreTestResult result) => string.Join("\n", result.Checks.Select(check =>
        check.RecommendedAction is { } action ? $"{Finding(check)}\n  {action}" : Finding(check)));

    private static string Finding(RestoreCheck check) => $"{check.Status} {check.Name}: {check.Message}";

    private static int Spare(PSHost host) => CellText.Spare(AccountTable.NarrowWindow, host);
}
