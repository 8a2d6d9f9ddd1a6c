namespace CogRecover.Batch;

/// <summary>The progress of a command's accounts: the progress bar, the summary, and the message after a
/// stop.</summary>
/// <param name="activity">The heading of the progress bar: <c>Restoring accounts</c>.</param>
/// <param name="participle">What is done to an account: <c>restored</c>.</param>
/// <param name="works">The accounts so far.</param>
internal sealed class BatchProgress(string activity, string participle, ConcurrentQueue<AccountWork> works)
{
    // One bar a command is enough; a number of its own keeps it apart from a script's bar 0.
    public const int ActivityId = 0x436F67;

    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>What a command over several accounts came to; null for one.</summary>
    public string? Summary
    {
        get
        {
            (AccountWork[] all, int done, int failed) = Count();
            string underWay = Some(all.Count(work => work.Stage == WorkStage.Accepted), "under way");
            string counts = $"{done} of {all.Length} done{underWay}{Some(failed, "failed")}";
            return all.Length < 2 ? null : $"{activity}: {counts} in {watch.Elapsed.TotalSeconds:0} s.";
        }
    }

    /// <summary>Removes the bar.</summary>
    public ProgressRecord Completed =>
        new(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed };

    /// <summary>What is unfinished after a stop: how many accounts succeeded and weren't begun, the names of those
    /// whose operations go on or whose outcome the user hasn't seen, and the commands that show them. Null for
    /// nothing.</summary>
    /// <param name="dependencies">What else the service goes on with: a sentence each.</param>
    /// <param name="isWatched">True if the user saw the stop: a single account that wasn't begun needs no message then.
    /// </param>
    public string? Unfinished(string command, IReadOnlyCollection<string> dependencies, bool isWatched)
    {
        (AccountWork[] all, int done, int failed) = Count();
        AccountWork[] accepted = With(WorkStage.Accepted), sent = With(WorkStage.Sent);
        int left = all.Length - done - failed - accepted.Length - sent.Length;
        bool isOne = all.Length < 2 && isWatched;
        int unseen = Unseen(WorkStage.Done).Length + Unseen(WorkStage.Failed).Length;
        if (accepted.Length + sent.Length + unseen + dependencies.Count == 0 && (isOne || left == 0)) return null;
        string counts = isOne ? "."
            : $": {done} {participle}, {accepted.Length} under way, {left} not begun"
                + $"{Some(failed, "failed")}{Some(sent.Length, "not known")}.";
        return $"{command} was stopped" + string.Join(" ", [
            counts,
            .. Named($"Already {participle}, and not shown any more: ", Unseen(WorkStage.Done)),
            .. Named("Failed, and not shown any more: ", Unseen(WorkStage.Failed)),
            .. Named("Azure had already accepted, and goes on with: ", accepted),
            .. dependencies,
            .. Named("It isn't known whether Azure has accepted: ", sent),
            "Get-DeletedCognitiveAccount shows what is still deleted, Get-AzCognitiveServicesAccount what lives."]);

        AccountWork[] With(WorkStage stage) => Array.FindAll(all, work => work.Stage == stage);

        AccountWork[] Unseen(WorkStage stage) => Array.FindAll(With(stage), work => !work.IsShown);

        IEnumerable<string> Named(string how, AccountWork[] named)
        {
            IEnumerable<string> names = named.Select(work => Name(work, all))
                .OrderBy(name => name, StringComparer.OrdinalIgnoreCase);
            if (named.Length > 0) yield return $"{how}{string.Join(", ", names)}.";
        }
    }

    /// <summary>What the bar shows now.</summary>
    /// <param name="throttled">What throttling has to say; null for nothing.</param>
    public ProgressRecord Report(string? throttled)
    {
        (AccountWork[] all, int done, int failed) = Count();
        AccountWork[] running = [.. all.Where(work => work.IsRunning).OrderBy(work => work.StartedAt)];
        string[] waiting = [.. running.Select(work => work.WaitsFor).OfType<string>()];
        string status = running is [var only] && all.Length == 1
            ? $"{only.Name} ({(DateTime.UtcNow - only.StartedAt).TotalSeconds:0} s)"
            : $"{done} of {all.Length} done, {running.Length - waiting.Length} running"
                + $"{Some(waiting.Length, "waiting")}{Some(failed, "failed")}";
        string? reason = waiting.FirstOrDefault() ?? throttled;
        int ended = done + failed;
        return new ProgressRecord(ActivityId, activity, reason is null ? status : $"{status}: {reason}")
        {
            SecondsRemaining = ended == 0 ? -1 : (int)(watch.Elapsed.TotalSeconds / ended * (all.Length - ended)),
            PercentComplete = all.Length == 0 ? 0 : 100 * ended / all.Length,
            CurrentOperation = string.Join(", ", running.Take(5).Select(work => work.Name))
                + (running.Length > 5 ? ", …" : ""),
        };
    }

    private (AccountWork[] All, int Done, int Failed) Count()
    {
        AccountWork[] all = [.. works.Where(work => work.Stage != WorkStage.Skipped)];
        return (all, all.Count(work => work.Stage == WorkStage.Done),
            all.Count(work => work.Stage == WorkStage.Failed));
    }

    private static string Some(int count, string what) => count == 0 ? "" : $", {count} {what}";

    // Two accounts of one name are told apart.
    private static string Name(AccountWork work, AccountWork[] all) => all.Any(other => other != work
        && other.Name.Equals(work.Name, StringComparison.OrdinalIgnoreCase))
        ? $"'{work.Name}' (resource group '{work.ResourceGroupName}', {work.Location})"
        : $"'{work.Name}'";
}
