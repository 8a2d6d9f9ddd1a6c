using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>How a new or a deleted account comes to life. Its callers hold the state's lock. Each returns the account,
/// whether it is new, and the operation that brings it; null: it's there.</summary>
internal sealed class AccountProvisioning(ArmState state, ArmOperations operations, SimulatedArmOptions options)
{
    public (Account, bool, ArmOperation?) Create(Account account, LoggedRequest log) =>
        Begin(account, options.CreateTime, log);

    public (Account, bool, ArmOperation?) Restore(DeletedAccount deleted, LoggedRequest log)
    {
        state.RemoveDeleted(deleted.Key);
        var account = deleted.Account.Restored() with { WrittenAt = state.Now, ProvisioningState = "Creating" };
        if (state.MissingFor(account) is { } missing) return Fail(deleted, account, missing, log);
        if (options.RestoreTime > TimeSpan.Zero) return Begin(account, options.RestoreTime, log);
        log.End();
        return (state.Put(account with { ProvisioningState = "Succeeded" }), true, null);
    }

    private (Account, bool, ArmOperation?) Begin(Account account, TimeSpan duration, LoggedRequest log)
    {
        log.Begin();
        var begun = state.Put(account);
        var operation = operations.Start(account.Id, account.Location, "Creating", duration, () =>
        {
            // Its group may have been deleted meanwhile.
            if (state.Live(account.Key) is null) return;
            state.Put(begun with { ProvisioningState = "Succeeded" });
            log.End();
        });
        return (begun, true, operation);
    }

    /// <summary>A guess: nobody recorded how the service fails to restore an account whose key vault or storage is
    /// gone. Here it accepts the restore, its operation fails, and the account is deleted as before.</summary>
    private (Account, bool, ArmOperation?) Fail(
        DeletedAccount deleted, Account account, string missing, LoggedRequest log)
    {
        log.Begin();
        var begun = state.Put(account);
        var error = new ArmException(
            400, "InvalidResourceProperties",
            $"The account can't be restored: it needs '{missing}', which wasn't found.");
        var operation = operations.Start(account.Id, account.Location, "Creating", options.RestoreTime, () =>
        {
            state.RemoveLive(account.Key);
            state.PutBack(deleted);
            log.End("Failed");
        }, error);
        return (begun, true, operation);
    }
}
