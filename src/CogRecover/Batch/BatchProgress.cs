namespace CogRecover.Batch;

/// <summary>How it goes with the accounts of a command: its progress bar, its summary, and what it says when stopped.
/// </summary>
/// <param name="activity">The heading of the progress bar: <c>Restoring accounts</c>.</param>
/// <param name="attempt">What is done to an account, as a verb: <c>restored</c>.</param>
internal sealed class BatchProgress(string activity, string attempt)
{
    // One bar a command is enough; a number of its own keeps it apart from a script's bar 0.
    public const int ActivityId = 0x436F67;

    private readonly List<AccountWork> works = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();

    public void Add(AccountWork work)
    {
        lock (works) works.Add(work);
    }

    public AccountWork? Find(Predicate<AccountWork> condition)
    {
        lock (works) return works.Find(condition);
    }

    /// <summary>What a stop leaves: how many accounts ended well and weren't begun, by name what the service goes on
    /// with where the user hasn't seen the outcome, and what shows where they are. Null for nothing.</summary>
    /// <param name="command">The command's name.</param>
    /// <param name="isWatched">Whether the user saw the stop: one account that wasn't begun is no news then.</param>
    public string? Unfinished(string command, bool isWatched)
    {
        AccountWork[] all = Counted();
        AccountWork[] accepted = With(all, WorkStage.Accepted);
        AccountWork[] sent = With(all, WorkStage.Sent);
        AccountWork[] unseen = With(all, WorkStage.Done);
        int done = unseen.Length + With(all, WorkStage.Shown).Length;
        int failed = With(all, WorkStage.Failed).Length;
        int left = all.Length - done - failed - accepted.Length - sent.Length;
        bool isOne = all.Length < 2 && isWatched;
        if (accepted.Length + sent.Length + unseen.Length == 0 && (isOne || left == 0)) return null;
        string counts = isOne
            ? "."
            : $": {done} {attempt}, {accepted.Length} under way, {left} not begun"
                + $"{Some(failed, "failed")}{Some(sent.Length, "not known")}.";
        return $"{command} was stopped" + string.Join(" ", [
            counts,
            .. Named($"Already {attempt}, and not shown any more: ", unseen, all),
            .. Named("Azure had already accepted, and goes on with: ", accepted, all),
            .. Named("It isn't known whether Azure has accepted: ", sent, all),
            "Get-DeletedCognitiveAccount shows what is still deleted, Get-AzCognitiveServicesAccount what lives."]);
    }

    /// <summary>What the bar shows now.</summary>
    /// <param name="throttled">What throttling has to say; null for nothing.</param>
    public ProgressRecord Report(string? throttled)
    {
        AccountWork[] all = Counted();
        AccountWork[] running = [.. all.Where(work => work.IsRunning).OrderBy(work => work.StartedAt)];
        string?[] waiting = [.. running.Select(work => work.WaitsFor).Where(reason => reason is not null)];
        int done = Done(all);
        int failed = With(all, WorkStage.Failed).Length;
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

    /// <summary>What a command over several accounts came to; null for one.</summary>
    public string? Summary
    {
        get
        {
            AccountWork[] all = Counted();
            return all.Length < 2
                ? null
                : $"{activity}: {Done(all)} of {all.Length} done{Some(With(all, WorkStage.Failed).Length, "failed")} in "
                    + $"{watch.Elapsed.TotalSeconds:0} s.";
        }
    }

    /// <summary>What takes the bar away.</summary>
    public ProgressRecord Completed() =>
        new(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed };

    private AccountWork[] Counted()
    {
        lock (works) return [.. works.Where(work => work.Stage != WorkStage.Skipped)];
    }

    private static AccountWork[] With(AccountWork[] works, WorkStage stage) =>
        Array.FindAll(works, work => work.Stage == stage);

    private static int Done(AccountWork[] works) => works.Count(work => work.Stage is WorkStage.Done or WorkStage.Shown);

    private static string Some(int count, string what) => count == 0 ? "" : $", {count} {what}";

    private static IEnumerable<string> Named(string how, AccountWork[] named, AccountWork[] all)
    {
        string names = string.Join(", ", named.Select(work => Name(work, all)).OrderBy(name => name, StringComparer.OrdinalIgnoreCase));
        if (names.Length > 0) yield return $"{how}{names}.";
    }

    // Two accounts of one name are told apart.
    private static string Name(AccountWork work, AccountWork[] all) => all.Any(other => other != work
        && other.Name.Equals(work.Name, StringComparison.OrdinalIgnoreCase))
        ? $"'{work.Name}' (resource group '{work.ResourceGroupName}', {work.Location})"
        : $"'{work.Name}'";
}
