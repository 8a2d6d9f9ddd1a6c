namespace CogRecover.Core.References;

/// <summary>The name of an account, with its resource group and location as far as they are known. Every part is fit
/// for a URL.</summary>
internal sealed class AccountReference
{
    // The service's rule is 2 to 64 characters; it judges a single one itself.
    private static readonly Regex NamePattern = new(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\z");

    // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
    private static readonly Regex GroupPattern = new(@"^[\w.()-]{0,89}[\w()-]\z");

    private static readonly Regex LocationPattern = new(@"^[a-z0-9]{2,64}\z");

    private AccountReference(string subscriptionId, string? resourceGroupName, string? location, string name) =>
        (SubscriptionId, ResourceGroupName, Location, Name) = (subscriptionId, resourceGroupName, location, name);

    /// <summary>The subscription's GUID.</summary>
    public string SubscriptionId { get; }

    /// <summary>The resource group; null if it has to be looked up.</summary>
    public string? ResourceGroupName { get; }

    /// <summary>The region's normalized name; null if it has to be looked up.</summary>
    public string? Location { get; }

    public string Name { get; }

    /// <summary>Makes a reference from what a user gives: the location in any spelling, the name without wildcards.
    /// </summary>
    /// <exception cref="RecoveryException">A part isn't well-formed.</exception>
    public static AccountReference Create(
        string subscriptionId, string? resourceGroupName, string? location, string name)
    {
        // Trim and Normalize would remove a line break at the end.
        if (HasControls(name) || !NamePattern.IsMatch(name.Trim())) throw ReferenceErrors.InvalidName("account", name);
        RequireSubscription(subscriptionId, name.Trim());
        if (resourceGroupName is not null && !GroupPattern.IsMatch(resourceGroupName))
            throw ReferenceErrors.InvalidName("resource group", resourceGroupName);
        string? region = location is null ? null : Region.Normalize(location);
        if (region is not null && (!LocationPattern.IsMatch(region) || HasControls(location!)))
            throw location!.IndexOfAny(['*', '?', '[']) >= 0
                ? ReferenceErrors.InvalidName("location", location)
                : ReferenceErrors.InvalidLocation(location);
        return new(subscriptionId, resourceGroupName, region, name.Trim());
    }

    /// <summary>Reads the resource id of an account, live or deleted, that a user gives.</summary>
    /// <exception cref="RecoveryException">It isn't the id of an account.</exception>
    public static AccountReference Parse(string resourceId)
    {
        if (HasControls(resourceId))
            throw ReferenceErrors.InvalidResourceId(resourceId, "it has a line break or another control character");
        AccountReference id = AccountId.Parse(resourceId.Trim());
        return Create(id.SubscriptionId, id.ResourceGroupName, id.Location, id.Name);
    }

    /// <summary>Whether a text is the resource id of an account, live or deleted.</summary>
    public static bool IsAccount(string text)
    {
        try
        {
            Parse(text);
            return true;
        }
        catch (RecoveryException)
        {
            return false;
        }
    }

    /// <summary>Whether a text looks like an Azure id of any type: it starts with a slash, or is a GUID.</summary>
    public static bool IsIdentifier(string text) =>
        text.TrimStart().StartsWith("/", StringComparison.Ordinal) || Guid.TryParse(text, out _);

    /// <summary>Whether a group is the provider's name, which Az shows as the group of a deleted account.</summary>
    public static bool IsProvider(string resourceGroupName) => Same(resourceGroupName, AccountId.Provider);

    /// <summary>Whether a text is the id of a subscription or a resource group.</summary>
    public static bool IsScope(string text) => Guid.TryParse(text, out _)
        || (ResourceIdentifier.TryParse(text.Trim(), out ResourceIdentifier? id)
            && (id!.ResourceType == ResourceGroupResource.ResourceType
                || id.ResourceType == SubscriptionResource.ResourceType));

    /// <summary>Makes a reference to an account that the service returned.</summary>
    /// <exception cref="RecoveryException">A part isn't well-formed.</exception>
    public static AccountReference Of(DeletedCognitiveAccount account) =>
        OfService(account.SubscriptionId, account.ResourceGroupName, account.Location, account.Name);

    /// <inheritdoc cref="Of(DeletedCognitiveAccount)"/>
    public static AccountReference Of(CognitiveAccount account) =>
        OfService(account.SubscriptionId, account.ResourceGroupName, account.Location, account.Name);

    /// <inheritdoc cref="Of(DeletedCognitiveAccount)"/>
    public static AccountReference OfService(
        string subscriptionId, string resourceGroupName, string? location, string name)
    {
        RequireSubscription(subscriptionId, name);
        string? region = location is null ? null : Region.Normalize(location);
        if (!IsSegment(name)) throw ReferenceErrors.InvalidName("account", name);
        if (!IsSegment(resourceGroupName)) throw ReferenceErrors.InvalidName("resource group", resourceGroupName);
        if (region is not null && !IsSegment(region)) throw ReferenceErrors.InvalidName("location", region);
        return new(subscriptionId, resourceGroupName, region, name);
    }

    /// <summary>Verifies that a subscription id is a GUID.</summary>
    /// <exception cref="RecoveryException">It isn't.</exception>
    public static void RequireSubscription(string subscriptionId, string? account = null)
    {
        if (!Guid.TryParseExact(subscriptionId, "D", out _))
            throw ReferenceErrors.InvalidSubscription(subscriptionId, account);
    }

    /// <summary>The same account with a location, in any spelling.</summary>
    /// <exception cref="RecoveryException">It can't be a location.</exception>
    public AccountReference In(string location) => Create(SubscriptionId, ResourceGroupName, location, Name);

    /// <summary>Whether the reference fits an account.</summary>
    public bool Matches(DeletedCognitiveAccount account) =>
        Same(Name, account.Name)
        && Same(SubscriptionId, account.SubscriptionId)
        && (ResourceGroupName is null || Same(ResourceGroupName, account.ResourceGroupName))
        && (Location is null || Same(Location, account.Location));

    /// <summary>The account's name, and its resource group if that is known.</summary>
    public override string ToString() =>
        ResourceGroupName is null ? $"'{Name}'" : $"'{Name}' in resource group '{ResourceGroupName}'";

    // The service may use any name that is one segment of a path.
    private static bool IsSegment(string text) =>
        text is not ("" or "." or "..") && !text.Any(letter => letter is '/' or '\\' or '?' or '#' or '%'
            || char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static bool HasControls(string text) => text.Any(char.IsControl);

    private static bool Same(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
