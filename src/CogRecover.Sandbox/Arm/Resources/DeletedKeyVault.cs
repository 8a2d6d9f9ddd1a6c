namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>A soft-deleted key vault. Its name stays taken, world-wide, until it is purged.</summary>
/// <param name="Vault">The vault as it was.</param>
/// <param name="DeletionDate">When it was deleted, UTC.</param>
public sealed record DeletedKeyVault(TrackedResource Vault, DateTimeOffset DeletionDate) : ISequenced
{
    /// <summary>How long the service keeps a deleted vault unless its owner chose less.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>When the service purges it by itself, UTC.</summary>
    public DateTimeOffset ScheduledPurgeDate => DeletionDate + Retention;

    /// <summary>The name.</summary>
    public string Name => Vault.Name;

    /// <summary>The subscription, a GUID.</summary>
    public string SubscriptionId => Vault.SubscriptionId;

    /// <summary>The resource id of the deleted vault.</summary>
    public string Id => $"/subscriptions/{SubscriptionId}/providers/Microsoft.KeyVault/locations/" +
        $"{AzureLocation.Normalize(Vault.Location)}/deletedVaults/{Name}";

    /// <inheritdoc/>
    public long Sequence => Vault.Sequence;
}
