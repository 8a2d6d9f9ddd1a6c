using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>The operations of one simulator. Who starts one holds the state's lock.</summary>
internal sealed class ArmOperations(ArmState state)
{
    private readonly Dictionary<Guid, ArmOperation> operations = [];
    private readonly Dictionary<AccountKey, ArmOperation> running = [];

    /// <summary>What runs on an account or a group; null: nothing does.</summary>
    public ArmOperation? Running(AccountKey key) => running.GetValueOrDefault(key);

    /// <summary>The operation as it is polled.</summary>
    /// <exception cref="ArmException">404: there is none of that id.</exception>
    public ArmOperation Find(string id)
    {
        using var _ = state.Enter();
        return (Guid.TryParse(id, out var guid) ? operations.GetValueOrDefault(guid) : null)
            ?? throw new ArmException(404, "ResourceNotFound", $"The operation '{id}' was not found.");
    }

    /// <summary>Starts one: <paramref name="complete"/> happens when its time is over.</summary>
    public ArmOperation Start(
        AccountKey key, string location, string status, TimeSpan duration, Action complete, ArmException? error = null)
    {
        var now = state.Now;
        var operation = new ArmOperation(
            Guid.NewGuid(), key.SubscriptionId, location, status, now, now + duration, error);
        operations.Add(operation.Id, operation);
        running[key] = operation;
        state.Schedule(operation.EndTime, () =>
        {
            running.Remove(key);
            complete();
        });
        return operation;
    }
}
