namespace CogRecover.Batch;

/// <summary>What a command's accounts came to, as its user reads it at the end or after a stop.</summary>
/// <param name="activity">What the command does: <c>Restoring accounts</c>.</param>
/// <param name="participle">What is done to an account: <c>restored</c>.</param>
/// <param name="command">The command's name.</param>
/// <param name="subscriptionId">The subscription of the context; null for none.</param>
/// <param name="works">The accounts so far.</param>
internal sealed class BatchSummary(
    string activity, string participle, string command, string? subscriptionId, ConcurrentQueue<AccountWork> works)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>What a command over several accounts came to, and what to run next; null for one account.</summary>
    public string? AtEnd
    {
        get
        {
            AccountWork[] all = [.. works.Where(work => !work.IsRepeated)];
            if (all.Length < 2) return null;
            int idle = all.Count(work => work.HadNothingToDo);
            int done = all.Count(work => work.Stage == WorkStage.Done && !work.HadNothingToDo);
            int goOn = all.Count(work => work.GoesOn);
            int unknown = all.Count(work => work.Stage == WorkStage.Failed && work.IsOutcomeUnknown) - goOn;
            int failed = all.Count(work => work.Stage == WorkStage.Failed) - unknown - goOn;
            int accepted = all.Count(work => work.Stage == WorkStage.Accepted);
            int underWay = accepted + goOn;
            int notBegun = all.Length - idle - done - unknown - failed - underWay;
            string counts = $"{activity}: {done} of {all.Length} {participle}{Some(underWay, "under way")}"
                + Some(failed, "failed") + Some(unknown, "not known") + Some(notBegun, "not started")
                + Some(idle, "with nothing to do") + $" in {watch.Elapsed.TotalSeconds:0} s.";
            string next = unknown > 0 ? $" {ShowsBoth}" : failed + notBegun > 0 ? $" {ShowsDeleted}." : "";
            return counts + next
                + (accepted == 0 ? "" : $" Pipe the accounts under way into {command} again to wait for them.")
                + (goOn == 0 ? "" : " Run the same command again to wait for the accounts under way.");
        }
    }

    /// <summary>What is unfinished after a stop: how many accounts succeeded and weren't started, the names of those
    /// whose operations go on or whose outcome the user hasn't seen, and the commands that show them. Null for
    /// nothing.</summary>
    /// <param name="dependencies">What else the service goes on with: a sentence each.</param>
    /// <param name="isWatched">True if the user saw the stop: a single account that wasn't started needs no message
    /// then.</param>
    public string? Unfinished(IReadOnlyCollection<string> dependencies, bool isWatched)
    {
        AccountWork[] all = [.. works.Where(work => work.Stage != WorkStage.Skipped)];
        AccountWork[] done = With(WorkStage.Done), failed = With(WorkStage.Failed);
        AccountWork[] accepted = With(WorkStage.Accepted), sent = With(WorkStage.Sent);
        int left = all.Length - done.Length - failed.Length - accepted.Length - sent.Length;
        bool isOne = all.Length < 2 && isWatched;
        AccountWork[] unseenDone = Unseen(done), unseenFailed = Unseen(failed);
        if (accepted.Length + sent.Length + unseenDone.Length + unseenFailed.Length + dependencies.Count == 0
            && (isOne || left == 0)) return null;
        string counts = isOne ? "."
            : $": {done.Length} {participle}, {accepted.Length} under way, {left} not started"
                + $"{Some(failed.Length, "failed")}{Some(sent.Length, "not known")}.";
        return $"{command} was stopped" + string.Join(" ", [
            counts,
            .. Named($"Already {participle}, but not shown: ", unseenDone),
            .. Named("Failed, but not shown: ", unseenFailed),
            .. Named("Azure has accepted the requests, and goes on with: ", accepted),
            .. dependencies,
            .. Named("It isn't known whether Azure has accepted the requests for: ", sent),
            ShowsBoth]);

        AccountWork[] With(WorkStage stage) => Array.FindAll(all, work => work.Stage == stage);

        static AccountWork[] Unseen(AccountWork[] works) => Array.FindAll(works, work => !work.IsShown);

        IEnumerable<string> Named(string how, AccountWork[] named)
        {
            IEnumerable<string> names = named.Select(work => Name(work, all))
                .OrderBy(name => name, StringComparer.OrdinalIgnoreCase);
            if (named.Length > 0) yield return $"{how}{string.Join(", ", names)}.";
        }
    }

    private string ShowsBoth => $"{ShowsDeleted}. Get-AzCognitiveServicesAccount shows what is live.";

    private string ShowsDeleted
    {
        get
        {
            bool isElsewhere = works.Any(work => work.SubscriptionId is { } id
                && !id.Equals(subscriptionId, StringComparison.OrdinalIgnoreCase));
            string all = isElsewhere ? " -AllSubscriptions" : "";
            return $"Get-DeletedCognitiveAccount{all} shows what is still deleted";
        }
    }

    private static string Some(int count, string what) => count == 0 ? "" : $", {count} {what}";

    private static string Name(AccountWork work, AccountWork[] all) => work.Apart(all) is { } apart
        ? $"'{work.Name}' (resource group '{apart[0]}', {string.Join(", ", apart.Skip(1))})"
        : $"'{work.Name}'";
}
