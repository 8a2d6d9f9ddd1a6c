using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <summary>A subscription, or a resource group in it: where roles, locks and policies are assigned.</summary>
internal static class ArmScope
{
    public static string Of(string subscriptionId, string resourceGroupName) => resourceGroupName.Length == 0
        ? $"/subscriptions/{subscriptionId}"
        : $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";

    /// <summary>Whether what is assigned at the scope counts for the group; its name is empty for what stands in no
    /// group.</summary>
    public static bool Covers(string subscriptionId, string resourceGroupName, AccountKey group) =>
        group with { Name = "" } == new AccountKey(subscriptionId, resourceGroupName)
        || (resourceGroupName.Length == 0 && subscriptionId.Is(group.SubscriptionId));
}
