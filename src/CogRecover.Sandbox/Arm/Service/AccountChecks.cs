using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>What must be true before an account is written. Its callers hold the state's lock.</summary>
internal sealed class AccountChecks(ArmState state, ArmOperations operations, SimulatedArmOptions options)
{
    public void RequireGroup(AccountKey key)
    {
        if (state.Group(key) is null) throw ArmException.ResourceGroupNotFound(key.ResourceGroupName);
    }

    public void RequireIdle(AccountKey key)
    {
        if (operations.Running(Account.IdOf(key)) is not null) throw ArmException.RequestConflict(Account.IdOf(key));
    }

    public void RequireSettled(DeletedAccount deleted)
    {
        if (deleted.DeletionDate + (deleted.SettleTime ?? options.SettleTime) > state.Now)
            throw ArmException.RequestConflict(deleted.Account.Id);
    }

    public void RequireAllowed(AccountKey key)
    {
        var policies = state.PoliciesOn(key);
        if (policies.Count > 0)
            throw ArmException.DisallowedByPolicy(key.Name, ArmType.Accounts.FullName, policies);
    }
}
