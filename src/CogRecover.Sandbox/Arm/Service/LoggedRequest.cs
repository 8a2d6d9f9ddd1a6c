using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>A request as the Activity Log has it: one event when it began, one when it ended. What was refused isn't
/// logged.</summary>
internal sealed class LoggedRequest(
    ArmState state, string caller, string resourceId, string operationName, string correlationId)
{
    private bool hasBegun;

    public void Begin()
    {
        if (!hasBegun) Add("Started");
        hasBegun = true;
    }

    public void End(string status = "Succeeded")
    {
        Begin();
        Add(status);
    }

    private void Add(string status) =>
        state.AddActivityEvent(resourceId, operationName, status, caller, correlationId: correlationId);
}
