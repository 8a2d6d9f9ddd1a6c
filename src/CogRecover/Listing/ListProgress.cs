using System.Management.Automation;

namespace CogRecover.Listing;

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

    public void Found(int more) => Interlocked.Add(ref accounts, more);

    /// <summary>What the bar shows now; null for nothing: one subscription has no steps to show.</summary>
    /// <param name="throttled">What the service's throttling has to say; null for nothing.</param>
    public ProgressRecord? Report(string? throttled)
    {
        if (total < 2 && throttled is null) return null;
        isShown = true;
        string status = $"{done} of {total} subscriptions, {accounts} accounts";
        return new ProgressRecord(
            ActivityId, "Listing deleted accounts", throttled is null ? status : $"{status}: {throttled}")
        {
            PercentComplete = total == 0 ? 0 : 100 * done / total,
        };
    }

    /// <summary>What takes the bar away; null if there is none.</summary>
    public ProgressRecord? Completed() => isShown
        ? new(ActivityId, "Listing deleted accounts", "Done") { RecordType = ProgressRecordType.Completed }
        : null;
}
