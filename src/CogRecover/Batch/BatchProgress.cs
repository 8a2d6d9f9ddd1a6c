using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;
using CogRecover.Core.Operations;

namespace CogRecover.Batch;

/// <summary>
/// Keeps count of the operations of a command, for its progress bar and for what it says when it is stopped.
/// </summary>
/// <param name="activity">What the bar is headed with, such as <c>Restoring accounts</c>.</param>
/// <param name="attempt">What is done to an account, as a verb: <c>restored</c>.</param>
internal sealed class OperationProgress(string activity, Func<string> attempt)
{
    // One bar a command is enough; a number of its own keeps it apart from a script's bar 0.
    private const int ActivityId = 0x436F67;

    private readonly ConcurrentDictionary<DeletedCognitiveAccount, DateTime> running = new();
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, byte> known = new();
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, byte> sent = new();
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, byte> accepted = new();
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, byte> ended = new();
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, string> waiting = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int total;
    private int done;
    private int failed;

    /// <summary>
    /// What a stop leaves, to follow on "was stopped": how many accounts ended well and weren't begun, by name what the
    /// service goes on with where nobody has been told the outcome, and what shows where they are. Null for nothing.
    /// </summary>
    /// <param name="isWatched">Whether the user saw the stop: one account that wasn't begun is no news then.</param>
    public string? Unfinished(bool isWatched)
    {
        DeletedCognitiveAccount[] goOn = [.. accepted.Keys];
        DeletedCognitiveAccount[] unknown = [.. sent.Keys];
        DeletedCognitiveAccount[] unshown = [.. ended.Keys];
        int left = Math.Max(0, total - done - failed - goOn.Length - unknown.Length);
        bool isOne = total < 2 && isWatched;
        if (goOn.Length + unknown.Length + unshown.Length == 0 && (isOne || left == 0)) return null;
        string counts = isOne
            ? "."
            : $": {done} {attempt()}, {goOn.Length} under way, {left} not begun"
                + $"{Some(failed, "failed")}{Some(unknown.Length, "not known")}.";
        return string.Join(" ", [
            counts,
            .. Named($"Already {attempt()}, and not shown any more: ", unshown),
            .. Named("Azure had already accepted, and goes on with: ", goOn),
            .. Named("It isn't known whether Azure has accepted: ", unknown),
            "Get-DeletedCognitiveAccount shows what is still deleted, Get-AzCognitiveServicesAccount what lives."]);
    }

    public void Expect() => Interlocked.Increment(ref total);

    public void Skip() => Interlocked.Decrement(ref total);

    /// <summary>Takes note of an account, whose name may be another's too.</summary>
    public void Know(DeletedCognitiveAccount account) => known[account] = default;

    public void Start(DeletedCognitiveAccount account) => running[account] = DateTime.UtcNow;

    /// <summary>Makes what the engine tells how the account's operation goes.</summary>
    public IOperationObserver Observe(DeletedCognitiveAccount account) => new Observer(this, account);

    public void Succeed(DeletedCognitiveAccount account)
    {
        ended[account] = default;
        sent.TryRemove(account, out _);
        accepted.TryRemove(account, out _);
        Interlocked.Increment(ref done);
        Leave(account);
    }

    /// <summary>The user is told that an account has failed.</summary>
    /// <param name="account">The account; null if it wasn't found.</param>
    public void Fail(DeletedCognitiveAccount? account)
    {
        Interlocked.Increment(ref failed);
        if (account is null) return;
        Leave(account);
        Show(account);
    }

    /// <summary>The outcome has reached the user.</summary>
    public void Show(DeletedCognitiveAccount account)
    {
        ended.TryRemove(account, out _);
        sent.TryRemove(account, out _);
        accepted.TryRemove(account, out _);
    }

    /// <summary>What the bar shows now.</summary>
    /// <param name="throttled">What the service's throttling has to say; null for nothing.</param>
    public ProgressRecord Report(string? throttled)
    {
        // ToArray is the dictionary's own: others count first and copy then, while accounts come and go in between.
        KeyValuePair<DeletedCognitiveAccount, DateTime>[] now =
            [.. running.ToArray().OrderBy(operation => operation.Value)];
        KeyValuePair<DeletedCognitiveAccount, string>[] held = waiting.ToArray();
        string status = now is [var only] && total == 1
            ? $"{only.Key.Name} ({(DateTime.UtcNow - only.Value).TotalSeconds:0} s)"
            : $"{done} of {total} done, {now.Length - held.Length} running"
                + $"{Some(held.Length, "waiting")}{Some(failed, "failed")}";
        string? reason = held is [var first, ..] ? first.Value : throttled;
        return new ProgressRecord(ActivityId, activity, reason is null ? status : $"{status}: {reason}")
        {
            SecondsRemaining = SecondsRemaining,
            PercentComplete = total == 0 ? 0 : Math.Min(100, 100 * (done + failed) / total),
            CurrentOperation = string.Join(", ", now.Take(5).Select(operation => operation.Key.Name))
                + (now.Length > 5 ? ", …" : ""),
        };
    }

    /// <summary>What a command over several accounts came to; null for one.</summary>
    public string? Summary => total < 2
        ? null
        : $"{activity}: {done} of {total} done{Some(failed, "failed")} in {watch.Elapsed.TotalSeconds:0} s.";

    /// <summary>How long the rest takes if it goes on like this; -1 as long as nobody can tell.</summary>
    private int SecondsRemaining => done + failed is > 0 and int ended
        ? (int)(watch.Elapsed.TotalSeconds / ended * (total - ended))
        : -1;

    /// <summary>How it goes with one account.</summary>
    public ProgressRecord Of(string status) => new(ActivityId, activity, status);

    /// <summary>What takes the bar away.</summary>
    public ProgressRecord Completed() =>
        new(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed };

    private static string Some(int count, string what) => count == 0 ? "" : $", {count} {what}";

    private IEnumerable<string> Named(string how, DeletedCognitiveAccount[] accounts)
    {
        string names = string.Join(", ", accounts.Select(Name).OrderBy(name => name, StringComparer.OrdinalIgnoreCase));
        if (names.Length > 0) yield return $"{how}{names}.";
    }

    // Two accounts of one name are told apart.
    private string Name(DeletedCognitiveAccount account) =>
        known.Keys.Any(other => other != account
            && other.Name.Equals(account.Name, StringComparison.OrdinalIgnoreCase))
            ? $"'{account.Name}' (resource group '{account.ResourceGroupName}', {account.Location})"
            : $"'{account.Name}'";

    private void Leave(DeletedCognitiveAccount account)
    {
        running.TryRemove(account, out _);
        waiting.TryRemove(account, out _);
    }

    private sealed class Observer(OperationProgress progress, DeletedCognitiveAccount account) : IOperationObserver
    {
        private bool wasLost;

        public void Sending()
        {
            progress.sent[account] = default;
            progress.waiting.TryRemove(account, out _);
        }

        public void Accepted()
        {
            progress.sent.TryRemove(account, out _);
            progress.waiting.TryRemove(account, out _);
            progress.accepted[account] = default;
        }

        public void AnswerLost()
        {
            wasLost = true;
            progress.waiting[account] = "an answer was lost; looking what it came to";
        }

        public void Waiting(string reason)
        {
            // What is refused now may conflict with what was sent before.
            if (!wasLost) progress.sent.TryRemove(account, out _);
            progress.waiting[account] = reason;
        }
    }
}
