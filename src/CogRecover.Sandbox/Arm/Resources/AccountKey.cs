namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>What ARM tells resources apart by: case never counts. A group's own key has no name.</summary>
internal readonly record struct AccountKey(string SubscriptionId, string ResourceGroupName, string Name = "")
{
    public bool Equals(AccountKey other) =>
        Name.Is(other.Name) && ResourceGroupName.Is(other.ResourceGroupName) && SubscriptionId.Is(other.SubscriptionId);

    public override int GetHashCode() => HashCode.Combine(
        Name.GetHashCode(StringComparison.OrdinalIgnoreCase),
        ResourceGroupName.GetHashCode(StringComparison.OrdinalIgnoreCase),
        SubscriptionId.GetHashCode(StringComparison.OrdinalIgnoreCase));
}
