namespace CogRecover.Batch;

/// <summary>The progress bar of a command's accounts.</summary>
/// <param name="activity">Its heading: <c>Restoring accounts</c>.</param>
/// <param name="works">The accounts so far.</param>
internal sealed class BatchProgress(string activity, ConcurrentQueue<AccountWork> works)
{
    // One bar a command is enough; a number of its own keeps it apart from a script's bar 0.
    public const int ActivityId = 0x436F67;

    // A console of 80 columns shows the names indented.
    private const int LongestNames = 72;

    private int atOnce;

    /// <summary>Removes the bar.</summary>
    public ProgressRecord Completed =>
        new(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed };

    /// <summary>What the bar shows now.</summary>
    /// <param name="throttled">What throttling has to say; null for nothing.</param>
    public ProgressRecord Report(string? throttled)
    {
        AccountWork[] all = [.. works.Where(work => work.Stage != WorkStage.Skipped)];
        AccountWork[] done = With(WorkStage.Done), failed = With(WorkStage.Failed);
        AccountWork[] running = [.. all.Where(work => work.IsRunning).OrderByDescending(work => work.Elapsed)];
        string[] waiting = [.. running.Select(work => work.WaitsFor).OfType<string>()];
        int left = With(WorkStage.Accepted).Count(work => !work.IsRunning);
        string? longest = running.Length == 0 ? null : $"{running[0].Name} ({running[0].Elapsed.TotalSeconds:0} s)";
        string counts = $"{done.Length} of {all.Length} done, {running.Length - waiting.Length} running"
            + Some(waiting.Length, "waiting") + Some(left, "under way") + Some(failed.Length, "failed");
        string? reason = waiting.FirstOrDefault() ?? throttled;

        // The bar of PowerShell 7 shows the status only.
        bool isOne = longest is not null && all.Length == 1;
        string?[] said = isOne ? [longest, reason] : [counts, reason ?? longest];
        int ended = done.Length + failed.Length + left;
        atOnce = Math.Max(atOnce, running.Length);
        TimeSpan? remaining = TimeEstimate.Remaining(
            [.. done.Where(work => work.WasSent).Select(work => work.Elapsed)],
            [.. running.Select(work => work.Elapsed)], all.Length - ended - running.Length, atOnce);
        return new ProgressRecord(ActivityId, activity, string.Join(": ", said.OfType<string>()))
        {
            SecondsRemaining = remaining is { } time ? (int)Math.Ceiling(time.TotalSeconds) : -1,
            PercentComplete = all.Length == 0 ? 0 : 100 * ended / all.Length,
            CurrentOperation = longest is null ? "" : Join([longest, .. running.Skip(1).Select(work => work.Name)]),
        };

        AccountWork[] With(WorkStage stage) => Array.FindAll(all, work => work.Stage == stage);
    }

    private static string Some(int count, string what) => count == 0 ? "" : $", {count} {what}";

    private static string Join(string[] names)
    {
        string all = string.Join(", ", names);
        if (all.Length <= LongestNames) return all;
        int shown = 1;
        while (string.Join(", ", names.Take(shown + 1)).Length <= LongestNames) shown++;
        return string.Join(", ", names.Take(shown)) + ", …";
    }
}
