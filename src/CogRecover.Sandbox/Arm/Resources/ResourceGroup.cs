namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>A resource group.</summary>
/// <param name="SubscriptionId">The subscription, a GUID.</param>
/// <param name="Name">The name as its creator spelled it.</param>
/// <param name="Location">The region as its creator typed it.</param>
/// <param name="Tags">The tags; null: none were ever set.</param>
public sealed record ResourceGroup(
    string SubscriptionId, string Name, string Location, IDictionary<string, string>? Tags = null) : ISequenced
{
    /// <inheritdoc/>
    public long Sequence { get; init; }

    /// <summary><c>Succeeded</c>, or <c>Deleting</c> while it is being deleted.</summary>
    public string ProvisioningState { get; init; } = "Succeeded";

    /// <summary>The resource id.</summary>
    public string Id => $"/subscriptions/{SubscriptionId}/resourceGroups/{Name}";

    internal bool IsBeingDeleted => ProvisioningState == "Deleting";

    internal AccountKey Key => new(SubscriptionId, Name);
}
