using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>The operations of one simulator. Who starts one holds the state's lock.</summary>
internal sealed class ArmOperations(ArmState state)
{
    private readonly Dictionary<Guid, ArmOperation> operations = [];
    private readonly Dictionary<string, ArmOperation> running = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What runs on a resource or a group; null: nothing does.</summary>
    public ArmOperation? Running(string resourceId) => running.GetValueOrDefault(resourceId);

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
        string resourceId, string location, string status, TimeSpan duration, Action complete,
        ArmException? error = null)
    {
        var now = state.Now;
        var operation = new ArmOperation(
            Guid.NewGuid(), resourceId.Split('/')[2], location, status, now, now + duration, error);
        operations.Add(operation.Id, operation);
        running[resourceId] = operation;
        state.Schedule(operation.EndTime, () =>
        {
            running.Remove(resourceId);
            complete();
        });
        return operation;
    }
}
