using Azure.Core;

namespace CogRecover.Core.Arm;

/// <summary>
/// The two resource ids of an account: while it lives, and while it is soft-deleted. This is the only place that knows
/// how they are built; every other path is made of them.
/// </summary>
internal static class AccountId
{
    public const string Provider = "Microsoft.CognitiveServices";

    public static readonly ResourceType LiveType = Provider + "/accounts";

    public static readonly ResourceType DeletedType = Provider + "/locations/resourceGroups/deletedAccounts";

    /// <param name="account">A reference whose resource group is known.</param>
    public static ResourceIdentifier Group(AccountReference account) =>
        new($"/subscriptions/{account.SubscriptionId}/resourceGroups/{account.ResourceGroupName}");

    /// <param name="account">A reference whose resource group is known.</param>
    public static ResourceIdentifier Live(AccountReference account) =>
        new($"{Group(account)}/providers/{LiveType}/{account.Name}");

    /// <param name="account">A reference whose resource group and location are known.</param>
    public static ResourceIdentifier Deleted(AccountReference account) =>
        new($"/subscriptions/{account.SubscriptionId}/providers/{Provider}/locations/{account.Location}"
            + $"/resourceGroups/{account.ResourceGroupName}/deletedAccounts/{account.Name}");

    /// <inheritdoc cref="AccountReference.Parse"/>
    public static AccountReference Parse(string resourceId)
    {
        ResourceIdentifier id;
        try
        {
            id = ResourceIdentifier.Parse(resourceId);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw RecoveryErrors.InvalidResourceId(resourceId, "it isn't a resource id", e);
        }

        if (id.SubscriptionId is not { } subscription)
            throw RecoveryErrors.InvalidResourceId(resourceId, "it has no subscription");
        if (id.ResourceType == LiveType && id.ResourceGroupName is { } group)
            return AccountReference.Create(subscription, group, location: null, id.Name);
        if (id.ResourceType == DeletedType)
            return AccountReference.Create(subscription, id.Parent!.Name, id.Parent.Parent!.Name, id.Name);
        throw RecoveryErrors.InvalidResourceId(resourceId, $"it is the id of a {id.ResourceType}");
    }
}
