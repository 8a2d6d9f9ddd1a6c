namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>A soft-deleted storage account. Its name is free: whoever takes it makes it unrecoverable.</summary>
/// <param name="Account">The storage account as it was.</param>
/// <param name="DeletionTime">When it was deleted, UTC.</param>
public sealed record DeletedStorageAccount(TrackedResource Account, DateTimeOffset DeletionTime) : ISequenced
{
    /// <summary>How long the service keeps a deleted storage account.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    /// <summary>The name.</summary>
    public string Name => Account.Name;

    /// <summary>The subscription, a GUID.</summary>
    public string SubscriptionId => Account.SubscriptionId;

    /// <summary>When it was created, UTC: what a recovery has to name.</summary>
    public DateTimeOffset CreationTime => Account.CreatedAt;

    /// <summary>The resource id of the deleted storage account.</summary>
    public string Id => $"/subscriptions/{SubscriptionId}/providers/Microsoft.Storage/locations/" +
        $"{AzureLocation.Normalize(Account.Location)}/deletedAccounts/{Name}";

    /// <inheritdoc/>
    public long Sequence => Account.Sequence;
}
