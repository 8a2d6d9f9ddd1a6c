namespace CogRecover.Core.References;

/// <summary>The two resource ids of an account: live and soft-deleted. Each part is escaped for a URL. A reference must
/// have the parts that an id needs.</summary>
internal static class AccountId
{
    public const string Provider = "Microsoft.CognitiveServices";

    /// <summary>The api-version unless the user gives another: public since mid-2025.</summary>
    public const string DefaultApiVersion = "2025-06-01";

    /// <summary>The first api-version that knows deleted accounts.</summary>
    public const string OldestApiVersion = "2021-04-30";

    public static readonly ResourceType LiveType = Provider + "/accounts";
    public static readonly ResourceType DeletedType = Provider + "/locations/resourceGroups/deletedAccounts";

    public static ResourceIdentifier Group(AccountReference account) =>
        Group(account.SubscriptionId, account.ResourceGroupName);

    public static ResourceIdentifier Group(string subscriptionId, string? name) =>
        new($"/subscriptions/{subscriptionId}/resourceGroups/{Escape(name)}");

    public static ResourceIdentifier Live(AccountReference account) =>
        new($"{Group(account)}/providers/{LiveType}/{Escape(account.Name)}");

    public static ResourceIdentifier Deleted(AccountReference account) =>
        new($"/subscriptions/{account.SubscriptionId}/providers/{Provider}/locations/{Escape(account.Location)}"
            + $"/resourceGroups/{Escape(account.ResourceGroupName)}/deletedAccounts/{Escape(account.Name)}");

    /// <summary>Reads an id of the service; <see cref="AccountReference.Parse"/> reads a user's.</summary>
    /// <exception cref="RecoveryException">It isn't the id of an account.</exception>
    public static AccountReference Parse(string resourceId)
    {
        ResourceIdentifier id;
        try
        {
            id = ResourceIdentifier.Parse(resourceId);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            bool isWrongSubscription =
                resourceId.Split('/') is ["", "subscriptions", var given, ..] && !Guid.TryParse(given, out _);
            throw ReferenceErrors.InvalidResourceId(resourceId, isWrongSubscription
                ? $"its subscription, '{resourceId.Split('/')[2]}', isn't a GUID"
                : "it isn't a resource id", e);
        }

        if (id.SubscriptionId is not { } subscription)
            throw ReferenceErrors.InvalidResourceId(resourceId, "it has no subscription");
        if (id.ResourceType == LiveType && id.ResourceGroupName is { } group)
            return AccountReference.OfService(subscription, group, location: null, id.Name);
        return id.ResourceType == DeletedType
            ? AccountReference.OfService(subscription, id.Parent!.Name, id.Parent.Parent!.Name, id.Name)
            : throw ReferenceErrors.InvalidResourceId(resourceId, $"it is the id of a {id.ResourceType}");
    }

    private static string Escape(string? segment) => Uri.EscapeDataString(segment ?? "");
}
