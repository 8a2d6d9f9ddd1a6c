using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <summary>A lock on a subscription or a resource group, and on all that is in it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Level">What it forbids.</param>
/// <param name="SubscriptionId">The subscription, a GUID.</param>
/// <param name="ResourceGroupName">The resource group; empty: the whole subscription.</param>
internal sealed record ArmLock(
    string Name, ArmLockLevel Level, string SubscriptionId, string ResourceGroupName) : ISequenced
{
    public long Sequence { get; init; }

    public string Scope => ArmScope.Of(SubscriptionId, ResourceGroupName);

    public string Id => $"{Scope}/providers/Microsoft.Authorization/locks/{Name}";

    public bool Covers(AccountKey group) => ArmScope.Covers(SubscriptionId, ResourceGroupName, group);
}
