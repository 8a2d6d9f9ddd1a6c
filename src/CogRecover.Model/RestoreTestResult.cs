namespace CogRecover;

/// <summary>Whether a soft-deleted account can be restored, and what is in the way.</summary>
public sealed class RestoreTestResult
{
    /// <summary>The account's name.</summary>
    public required string Name { get; init; }

    /// <summary>The resource group the account was deleted from.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The region's normalized name.</summary>
    public required string Location { get; init; }

    /// <summary>The subscription's GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>When the account was deleted, in UTC; null if the service didn't say.</summary>
    public DateTime? DeletionDate { get; init; }

    /// <summary>The resource id of the deleted account, as the service wrote it.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Whether no check failed.</summary>
    public bool CanRestore => Checks.All(check => check.Status != RestoreCheckStatus.Failed);

    /// <summary>The checks that apply to the account, failures first.</summary>
    public required IReadOnlyList<RestoreCheck> Checks { get; init; }

    /// <summary>The account's name.</summary>
    public override string ToString() => Name;
}
