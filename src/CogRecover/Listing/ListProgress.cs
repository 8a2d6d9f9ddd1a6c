namespace CogRecover.Listing;

/// <summary>Counts what a command lists, for its progress bar. Thread-safe.</summary>
internal sealed class ListProgress
{
    private const string Activity = "Listing deleted accounts";
    private const int ActivityId = 0x436F68;
    private int subscriptions;
    private int listed;
    private int accounts;
    private bool isShown;

    /// <summary>What removes the bar; null if there is none.</summary>
    public ProgressRecord? Completed => isShown
        ? new(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed }
        : null;

    public void AddSubscription() => Interlocked.Increment(ref subscriptions);

    public void EndSubscription() => Interlocked.Increment(ref listed);

    public void AddAccounts(int count) => Interlocked.Add(ref accounts, count);

    /// <summary>What the bar shows now; null for nothing, as one subscription has no steps.</summary>
    /// <param name="throttled">What throttling makes the command wait for; null for nothing.</param>
    public ProgressRecord? Report(string? throttled)
    {
        if (subscriptions < 2 && throttled is null) return null;
        isShown = true;
        string status = $"{listed} of {subscriptions} subscriptions, {accounts} accounts";
        return new(ActivityId, Activity, throttled is null ? status : $"{status}: {throttled}")
        {
            PercentComplete = subscriptions == 0 ? 0 : 100 * listed / subscriptions,
        };
    }
}
