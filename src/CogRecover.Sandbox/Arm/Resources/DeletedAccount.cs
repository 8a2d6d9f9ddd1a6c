namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>A soft-deleted account: all of the account, and when it went.</summary>
/// <param name="Account">The account as it was.</param>
/// <param name="DeletionDate">When it was deleted, UTC.</param>
public sealed record DeletedAccount(Account Account, DateTimeOffset DeletionDate) : ISequenced
{
    /// <summary>How long the service keeps a deleted account.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(48);

    /// <summary>For how long after the deletion a restore and a purge conflict with it; null: as the simulator's
    /// options say.</summary>
    public TimeSpan? SettleTime { get; init; }

    /// <summary>When the service purges it by itself, UTC.</summary>
    public DateTimeOffset ScheduledPurgeDate => DeletionDate + Retention;

    /// <summary>The name.</summary>
    public string Name => Account.Name;

    /// <summary>The resource group, which may be gone.</summary>
    public string ResourceGroupName => Account.ResourceGroupName;

    /// <summary>The subscription, a GUID.</summary>
    public string SubscriptionId => Account.SubscriptionId;

    /// <summary>The region as its creator typed it.</summary>
    public string Location => Account.Location;

    /// <summary>The resource id of the deleted account, with the location as its creator typed it.</summary>
    public string Id => $"/subscriptions/{SubscriptionId}/providers/Microsoft.CognitiveServices/locations/{Location}" +
        $"/resourceGroups/{ResourceGroupName}/deletedAccounts/{Name}";

    internal DeletedAccountKey Key => new(Account.Key, AzureLocation.Normalize(Location));

    /// <summary>The account's place in lists.</summary>
    public long Sequence => Account.Sequence;
}
