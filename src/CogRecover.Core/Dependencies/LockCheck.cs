namespace CogRecover.Core.Dependencies;

/// <summary>Whether a read-only lock on the account's resource group, or its subscription, forbids the restore.
/// </summary>
internal sealed class LockCheck(SharedReads reads)
{
    private const string Name = "Lock";

    public async Task<RestoreCheck> RunAsync(AccountReference account, CancellationToken cancellationToken)
    {
        ResourceIdentifier group = AccountId.Group(account);
        SharedRead<List<JsonElement>> locks = await reads.ListAsync(
            reads.Addresses.Locks(group), cancellationToken).ConfigureAwait(false);

        // The locks of a group that is gone are gone with it.
        if (locks.Exists == false)
            locks = await reads.ListAsync(reads.Addresses.Locks(group.Parent!), cancellationToken)
                .ConfigureAwait(false);
        if (locks is not { Exists: true, Value: { } found })
            return Check.Unknown(Name, $"It isn't known whether a lock forbids the restore: {locks.Reason}");
        foreach (JsonElement one in found)
        {
            // The service lists those above the group with its own, and maybe those below it.
            bool isReadOnly = "ReadOnly".Equals(
                one.Child("properties").Text("level"), StringComparison.OrdinalIgnoreCase);
            if (!isReadOnly || !ResourceIdentifier.TryParse(one.Text("id"), out ResourceIdentifier? id)
                || id?.Parent is not { } scope || !(IsSame(scope, group) || IsSame(scope, group.Parent!))) continue;
            return Check.Failed(Name, RecoveryErrorId.LockedOrForbiddenByPolicy,
                $"Lock '{id.Name}' makes {scope} read-only.",
                $"Ask the owner of the lock to remove it: {NextCommand.In(account.SubscriptionId)}Get-AzResourceLock "
                + $"-LockName '{NextCommand.Quote(id.Name)}' -Scope '{NextCommand.Quote($"{scope}")}' shows it.");
        }

        return Check.Passed(Name, "No lock forbids the restore.");
    }

    private static bool IsSame(ResourceIdentifier left, ResourceIdentifier right) =>
        Uri.UnescapeDataString($"{left}").Equals(
            Uri.UnescapeDataString($"{right}"), StringComparison.OrdinalIgnoreCase);
}
