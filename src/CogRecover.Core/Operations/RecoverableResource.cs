namespace CogRecover.Core.Operations;

/// <summary>A resource that accounts need, and that can be brought back: a resource group is created again, anything
/// else is recovered from its soft-deletion.</summary>
/// <param name="Id">Its resource id, each segment escaped for a URL.</param>
/// <param name="Address">Where it is read.</param>
/// <param name="Kind">What it is, in a sentence: <c>key vault</c>.</param>
/// <param name="Location">The region's normalized name.</param>
internal sealed record RecoverableResource(ResourceIdentifier Id, Uri Address, string Kind, string Location)
{
    /// <summary>Identifies it, but for case.</summary>
    public string Key => Id.ToString();

    /// <summary>The <c>properties</c> of the request that brings it back, as JSON; null for none.</summary>
    public string? Properties { get; init; }

    /// <summary>The tags that it is created with: as it had them, and as the user gives them.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Its resource group, where that is gone too and has to come first; else null.</summary>
    public RecoverableResource? Group { get; init; }

    /// <summary>Whether its deletion was still going on when it was last seen.</summary>
    public bool IsBeingDeleted { get; init; }

    /// <summary>The command that shows its current state.</summary>
    public required string LookAgain { get; init; }

    /// <summary>The permission that bringing it back needs, and how to get it.</summary>
    public required string MissingRole { get; init; }

    public string Name => Uri.UnescapeDataString(Id.Name);

    /// <summary>The resource in a sentence: <c>key vault 'kv-contoso'</c>.</summary>
    public string Description => $"{Kind} '{Name}'";

    /// <summary>The same as the beginning of a sentence.</summary>
    public string Sentence => char.ToUpperInvariant(Kind[0]) + Description.Substring(1);

    /// <summary>What is to be done, as the user is asked.</summary>
    /// <param name="contextSubscriptionId">The subscription that goes without saying; null if there is none.</param>
    public string Plan(string? contextSubscriptionId) => (IsGroup ? "Create " : "Recover ")
        + Place(contextSubscriptionId) + WithTags + (IsBeingDeleted ? " once its deletion has ended" : "");

    /// <summary>What has been done.</summary>
    /// <inheritdoc cref="Plan"/>
    public string Report(string? contextSubscriptionId) =>
        $"{(IsGroup ? "Created" : "Recovered")} {Place(contextSubscriptionId)}{WithTags}."
        + (IsGroup && !IsBeingDeleted ? " Its former tags aren't known any more." : "");

    /// <summary>What has been done to it: <c>recovered</c>.</summary>
    public string Participle => IsGroup ? "created" : "recovered";

    /// <summary>When its lines can be run, in front of them: empty for now.</summary>
    public string Once => IsBeingDeleted ? $", once {LookAgain} no longer finds it," : "";

    /// <summary>Whether another one means the same work: the same resource, and its group where that is gone too.
    /// </summary>
    public bool IsSame(RecoverableResource other) =>
        Key.Equals(other.Key, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Group?.Key, other.Group?.Key, StringComparison.OrdinalIgnoreCase);

    public bool IsGroup => Id.ResourceType == ResourceGroupResource.ResourceType;

    /// <summary>The same with the tags that the user gives to resource groups.</summary>
    public RecoverableResource Tagged(IReadOnlyDictionary<string, string> given)
    {
        if (!IsGroup) return Group is null ? this : this with { Group = Group.Tagged(given) };
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> tag in Tags.Concat(given)) tags[tag.Key] = tag.Value;
        return this with { Tags = tags };
    }

    private string WithTags => Tags.Count == 0
        ? ""
        : $" with {(Tags.Count == 1 ? "tag" : "tags")} "
            + string.Join(", ", Tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private string Place(string? contextSubscriptionId) => Description
        + (IsGroup ? " in " : $" in resource group '{Uri.UnescapeDataString(Id.ResourceGroupName!)}', ")
        + $"location '{Location}'"
        + (Id.SubscriptionId!.Equals(contextSubscriptionId, StringComparison.OrdinalIgnoreCase)
            ? ""
            : $", subscription {Id.SubscriptionId}");
}
