using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

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
