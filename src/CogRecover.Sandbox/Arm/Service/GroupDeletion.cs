using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>What ARM does when a resource group is deleted: what is in it goes first, then the group.</summary>
internal sealed class GroupDeletion(ArmState state, ArmOperations operations, SimulatedArmOptions options)
{
    /// <exception cref="ArmException">404: the group isn't there.</exception>
    public ArmOperation Start(AccountKey key, string correlationId)
    {
        using var _ = state.Enter();
        var group = state.Group(key) ?? throw ArmException.ResourceGroupNotFound(key.ResourceGroupName);
        // A guess: who deletes a group that is being deleted follows that deletion.
        if (operations.Running(group.Id) is { } running) return running;
        var log = Log(group.Id, "Microsoft.Resources/subscriptions/resourceGroups/delete", correlationId);
        log.Begin();
        var accounts = state.LiveIn(group);
        group = state.BeginGroupDeletion(group);
        if (!options.LogsGroupDeletionOnly)
        {
            foreach (var account in accounts)
                Log(account.Id, "Microsoft.CognitiveServices/accounts/delete", correlationId).End();
        }

        return operations.Start(group.Id, group.Location, "Deleting", options.GroupDeletionTime, () =>
        {
            state.EndGroupDeletion(group);
            log.End();
        });
    }

    private LoggedRequest Log(string id, string operation, string correlationId) =>
        new(state, options.Caller, id, operation, correlationId);
}
