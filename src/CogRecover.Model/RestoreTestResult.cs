namespace CogRecover;

/// <summary>Whether a soft-deleted account can be restored, and what is in the way.</summary>
public sealed class RestoreTestResult
{
    internal RestoreTestResult() { }

    /// <summary>The account's name.</summary>
    public string Name { get; internal init; } = null!;

    /// <summary>The resource group the account was deleted from.</summary>
    public string ResourceGroupName { get; internal init; } = null!;

    /// <summary>The region's normalized name.</summary>
    public string Location { get; internal init; } = null!;

    /// <summary>The subscription's GUID.</summary>
    public string SubscriptionId { get; internal init; } = null!;

    /// <summary>The subscription's name, from the list of subscriptions or the Azure context; null if neither tells.
    /// </summary>
    public string? SubscriptionName { get; internal set; }

    /// <summary>When the account was deleted, in UTC; null if the service didn't say.</summary>
    public DateTime? DeletionDate { get; internal init; }

    /// <summary>The resource id of the deleted account, as the service wrote it.</summary>
    public string ResourceId { get; internal init; } = null!;

    /// <summary>Whether no check failed.</summary>
    public bool CanRestore => Checks.All(check => check.Status != RestoreCheckStatus.Failed);

    /// <summary>The checks that apply to the account, failures first.</summary>
    public IReadOnlyList<RestoreCheck> Checks { get; internal init; } = null!;

    /// <summary>The account's name.</summary>
    public override string ToString() => Name;
}
