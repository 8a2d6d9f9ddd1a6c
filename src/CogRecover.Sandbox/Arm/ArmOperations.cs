namespace CogRecover.Sandbox.Arm;

/// <summary>A long-running operation, as it is polled.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SubscriptionId">The subscription, a GUID.</param>
/// <param name="Location">The region as the account's creator typed it.</param>
/// <param name="RunningStatus">What it says while it runs: <c>Creating</c>, <c>Deleting</c>.</param>
/// <param name="StartTime">When it began, UTC.</param>
/// <param name="EndTime">When it ends, UTC.</param>
/// <param name="Error">Why it ends <c>Failed</c>; null: it succeeds.</param>
internal sealed record ArmOperation(
    Guid Id,
    string SubscriptionId,
    string Location,
    string RunningStatus,
    DateTimeOffset StartTime,
    DateTimeOffset EndTime,
    ArmException? Error);

/// <summary>The operations of one simulator. Its callers hold the state's lock.</summary>
internal sealed class ArmOperations(ArmState state)
{
    private readonly Dictionary<Guid, ArmOperation> operations = [];
    private readonly HashSet<AccountKey> busy = [];

    /// <summary>Whether an operation on the account runs.</summary>
    public bool IsRunning(AccountKey key) => busy.Contains(key);

    public ArmOperation? Find(Guid id) => operations.GetValueOrDefault(id);

    /// <summary>Starts one: <paramref name="complete"/> happens when its time is over.</summary>
    public ArmOperation Start(
        AccountKey key, string location, string status, TimeSpan duration, Action complete, ArmException? error = null)
    {
        var now = state.Now;
        var operation = new ArmOperation(
            Guid.NewGuid(), key.SubscriptionId, location, status, now, now + duration, error);
        operations.Add(operation.Id, operation);
        busy.Add(key);
        state.Schedule(operation.EndTime, () =>
        {
            busy.Remove(key);
            complete();
        });
        return operation;
    }
}
