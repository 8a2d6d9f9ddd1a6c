namespace CogRecover.Core.Operations;

/// <summary>A resource that accounts need, and that can be brought back: a resource group is created again, anything
/// else is recovered from its soft-deletion.</summary>
/// <param name="id">Its resource id, each segment escaped for a URL.</param>
/// <param name="address">Where it is read.</param>
/// <param name="kind">What it is, in a sentence: <c>key vault</c>.</param>
/// <param name="location">The region's normalized name.</param>
internal sealed class RecoverableResource(ResourceIdentifier id, Uri address, string kind, string location)
{
    public ResourceIdentifier Id => id;

    /// <summary>Identifies it, but for case.</summary>
    public string Key => id.ToString();

    public Uri Address => address;
    public string Location => location;

    /// <summary>The <c>properties</c> of the request that brings it back, as JSON; null for none.</summary>
    public string? Properties { get; init; }

    /// <summary>The tags that it is created with, as it had them; null if they aren't known.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Its resource group, where that is gone too and has to come first; else null.</summary>
    public RecoverableResource? Group { get; init; }

    /// <summary>Whether its deletion was still going on when it was last seen.</summary>
    public bool IsBeingDeleted { get; init; }

    /// <summary>The command that shows its current state.</summary>
    public required string LookAgain { get; init; }

    /// <summary>The permission that bringing it back needs, and how to get it.</summary>
    public required string MissingRole { get; init; }

    public string Name => Uri.UnescapeDataString(id.Name);

    /// <summary>The resource in a sentence: <c>key vault 'kv-contoso'</c>.</summary>
    public string Description => $"{kind} '{Name}'";

    /// <summary>The same as the beginning of a sentence.</summary>
    public string Sentence => char.ToUpperInvariant(kind[0]) + Description.Substring(1);

    /// <summary>What is to be done, as the user is asked.</summary>
    /// <param name="contextSubscriptionId">The subscription that goes without saying; null if there is none.</param>
    public string Plan(string? contextSubscriptionId) => (IsGroup ? "Create " : "Recover ")
        + Place(contextSubscriptionId) + (IsBeingDeleted ? " once its deletion has ended" : "");

    /// <summary>What has been done.</summary>
    /// <inheritdoc cref="Plan"/>
    public string Report(string? contextSubscriptionId) =>
        $"{(IsGroup ? "Created" : "Recovered")} {Place(contextSubscriptionId)}."
        + (IsGroup && Tags is null ? " The tags that it had aren't known any more." : "");

    /// <summary>What has been done to it: <c>recovered</c>.</summary>
    public string Participle => IsGroup ? "created" : "recovered";

    /// <summary>When its lines can be run, in front of them: empty for now.</summary>
    public string Once => IsBeingDeleted ? $", once {LookAgain} finds it no more," : "";

    /// <summary>Whether another one means the same work: the same resource, and its group where that is gone too.
    /// </summary>
    public bool IsSame(RecoverableResource other) =>
        Key.Equals(other.Key, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Group?.Key, other.Group?.Key, StringComparison.OrdinalIgnoreCase);

    public bool IsGroup => id.ResourceType == ResourceGroupResource.ResourceType;

    private string Place(string? contextSubscriptionId) => Description
        + (IsGroup ? " in " : $" in resource group '{Uri.UnescapeDataString(id.ResourceGroupName!)}', ")
        + $"location '{location}'"
        + (id.SubscriptionId!.Equals(contextSubscriptionId, StringComparison.OrdinalIgnoreCase)
            ? ""
            : $", subscription {id.SubscriptionId}");
}
