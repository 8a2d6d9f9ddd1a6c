namespace CogRecover.Formatting;

/// <summary>Shows what is in the way of a restore: failures first, each with what to do. For the table view.</summary>
public static class RestoreFindings
{
    /// <summary>A line for each check that didn't pass, and one for what to do about it.</summary>
    public static string Format(RestoreTestResult result)
    {
        string[] lines =
        [
            .. result.Checks.Where(check => check.Status != RestoreCheckStatus.Passed).SelectMany(Lines),
        ];
        return lines.Length == 0 ? $"All {result.Checks.Count} checks passed." : string.Join("\n", lines);
    }

    private static IEnumerable<string> Lines(RestoreCheck check)
    {
        yield return $"{check.Status} {check.Name}: {check.Message}";
        if (check.RecommendedAction is { } action) yield return $"> {action}";
    }
}
