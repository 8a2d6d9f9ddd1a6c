using System.Management.Automation;

namespace CogRecover.Pipeline;

/// <summary>Keeps count of the subscriptions that a command lists, for its progress bar.</summary>
internal sealed class ListProgress
{
    private const int ActivityId = 0x436F68;

    private int total;
    private int done;
    private int accounts;
    private bool isShown;

    public void Expect() => Interlocked.Increment(ref total);

    public void Finish() => Interlocked.Increment(ref done);

    public void Found() => Interlocked.Increment(ref accounts);

    /// <summary>What the bar shows now; null for nothing: one subscription has no steps to show.</summary>
    public ProgressRecord? Report()
    {
        if (total < 2) return null;
        isShown = true;
        return new ProgressRecord(
            ActivityId, "Listing deleted accounts", $"{done} of {total} subscriptions, {accounts} accounts")
        {
            PercentComplete = 100 * done / total,
        };
    }

    /// <summary>What takes the bar away; null if there is none.</summary>
    public ProgressRecord? Completed() => isShown
        ? new(ActivityId, "Listing deleted accounts", "Done") { RecordType = ProgressRecordType.Completed }
        : null;
}
