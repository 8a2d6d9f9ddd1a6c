using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>What a subscription may have of a kind of accounts. Its callers hold the state's lock.</summary>
internal sealed class AccountLimits(ArmState state)
{
    /// <summary>Checks that a subscription has at most one free account of a kind, live or deleted.</summary>
    public void RequireFreeSlot(Account account)
    {
        if (IsFree(account) && Others(account).Any(IsFree))
            throw ArmException.CanNotCreateMultipleFreeAccounts(account.Kind);
    }

    /// <summary>Checks that the account fits into what <see cref="ArmState.SetQuota"/> leaves beside the others of its
    /// kind in its region, live or deleted.</summary>
    public void RequireQuota(Account account)
    {
        if (state.QuotaOf(account) is not { } limit) return;
        var used = Others(account).Where(one => AzureLocation.Same(one.Location, account.Location)).Sum(Quota);
        if (used + Quota(account) > limit) throw ArmException.InsufficientQuota(account.Name);
    }

    private IEnumerable<Account> Others(Account account) => state.AccountsOf(account.SubscriptionId, account.Kind)
        .Where(one => one.InternalId != account.InternalId);

    private static bool IsFree(Account account) => account.Sku.Is("F0");

    /// <summary>A guess: Azure has a quota a model. Here an account uses the capacity of its deployments; without any,
    /// one.</summary>
    private static int Quota(Account account) => Math.Max(1, account.Capacity);
}
