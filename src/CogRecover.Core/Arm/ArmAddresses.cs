namespace CogRecover.Core.Arm;

/// <summary>The URLs of Azure Resource Manager, with their api-versions.</summary>
/// <param name="apiVersion">The api-version of Microsoft.CognitiveServices.</param>
internal sealed class ArmAddresses(Uri endpoint, string apiVersion)
{
    /// <summary>The api-version of resource groups, and of lists of resources.</summary>
    public const string ResourcesVersion = "2021-04-01";

    /// <summary>The api-version of key vaults, live and soft-deleted.</summary>
    public const string VaultsVersion = "2023-07-01";

    /// <summary>The api-version of storage accounts, live and deleted.</summary>
    public const string StorageVersion = "2023-05-01";

    private const string SubscriptionsVersion = "2022-12-01";
    private const string AuthorizationVersion = "2022-04-01";
    private const string LocksVersion = "2016-09-01";
    private const string ActivityLogVersion = "2015-04-01";

    // A tenth of an event. Deployments fill the log with events.
    private const string ActivityFields = "caller,claims,correlationId,eventTimestamp,operationName,resourceId,status";

    /// <summary>The first page of the caller's subscriptions.</summary>
    public Uri Subscriptions() => Address("/subscriptions", SubscriptionsVersion);

    /// <summary>A subscription itself.</summary>
    public Uri Subscription(string subscriptionId) =>
        Address($"/subscriptions/{subscriptionId}", SubscriptionsVersion);

    /// <summary>A resource provider, and whether the subscription is registered for it.</summary>
    public Uri Provider(string subscriptionId, string provider) =>
        Address($"/subscriptions/{subscriptionId}/providers/{provider}", ResourcesVersion);

    /// <summary>The locks on a subscription or a resource group, and on what it is in.</summary>
    public Uri Locks(ResourceIdentifier scope) =>
        Address($"{scope}/providers/Microsoft.Authorization/locks", LocksVersion, "atScope()");

    /// <summary>The regions that a subscription can use.</summary>
    public Uri Locations(string subscriptionId) =>
        Address($"/subscriptions/{subscriptionId}/locations", SubscriptionsVersion);

    /// <summary>The first page of a subscription's soft-deleted accounts.</summary>
    public Uri DeletedAccounts(string subscriptionId) =>
        Address($"/subscriptions/{subscriptionId}/providers/{AccountId.Provider}/deletedAccounts", apiVersion);

    /// <summary>A soft-deleted account, whose resource group and location are known.</summary>
    public Uri DeletedAccount(AccountReference account) => Address($"{AccountId.Deleted(account)}", apiVersion);

    /// <summary>The live account, whose resource group is known.</summary>
    public Uri LiveAccount(AccountReference account) => Address($"{AccountId.Live(account)}", apiVersion);

    /// <summary>The first page of a subscription's live accounts.</summary>
    public Uri LiveAccounts(string subscriptionId) =>
        Address($"/subscriptions/{subscriptionId}/providers/{AccountId.LiveType}", apiVersion);

    /// <summary>The caller's permissions on the account's resource group.</summary>
    public Uri PermissionsOnGroup(AccountReference account) => Permissions($"{AccountId.Group(account)}");

    /// <summary>The caller's permissions on a subscription.</summary>
    public Uri PermissionsOnSubscription(string subscriptionId) => Permissions($"/subscriptions/{subscriptionId}");

    /// <summary>The key vaults of that name in a subscription: one at most.</summary>
    /// <param name="name">The vault's name: letters, digits and hyphens.</param>
    public Uri KeyVaults(string subscriptionId, string name) =>
        Resources(subscriptionId, DependencyTypes.KeyVault.ToString(), name);

    /// <summary>The live accounts of that name in a subscription, in whatever resource groups.</summary>
    public Uri LiveAccounts(AccountReference account) =>
        Resources(account.SubscriptionId, AccountId.LiveType.ToString(), account.Name);

    /// <summary>A subscription's soft-deleted key vaults.</summary>
    public Uri DeletedVaults(string subscriptionId) =>
        Address($"/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/deletedVaults", VaultsVersion);

    /// <summary>A subscription's deleted storage accounts: those of the last 14 days.</summary>
    public Uri DeletedStorageAccounts(string subscriptionId) =>
        Address($"/subscriptions/{subscriptionId}/providers/Microsoft.Storage/deletedAccounts", StorageVersion);

    /// <summary>A resource of one of the <see cref="DependencyTypes"/>.</summary>
    /// <param name="id">Its id, each segment escaped.</param>
    public Uri Resource(ResourceIdentifier id) => Address($"{id}", DependencyTypes.ApiVersions[id.ResourceType]);

    /// <summary>The role assignments that an identity has at a resource, inherited ones included.</summary>
    /// <param name="scope">The resource's id, each segment escaped.</param>
    /// <param name="principalId">The identity's object id.</param>
    public Uri RoleAssignments(ResourceIdentifier scope, Guid principalId) => Address(
        $"{scope}/providers/Microsoft.Authorization/roleAssignments", AuthorizationVersion,
        $"assignedTo('{principalId}')");

    /// <summary>The Activity Log of one provider in a span of time, in UTC.</summary>
    public Uri ActivityLog(string subscriptionId, string provider, DateTime from, DateTime to) => Address(
        $"/subscriptions/{subscriptionId}/providers/Microsoft.Insights/eventtypes/management/values",
        ActivityLogVersion,
        $"eventTimestamp ge '{Utc(from)}' and eventTimestamp le '{Utc(to)}' "
        + $"and resourceProvider eq '{provider}'", ActivityFields);

    /// <summary>The next page of a list; null if this is the last.</summary>
    /// <param name="nextLink">The page's <c>nextLink</c>; undefined if it has none.</param>
    /// <exception cref="RecoveryException">It isn't an address.</exception>
    public Uri? NextPage(JsonElement nextLink)
    {
        if (nextLink.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return null;
        if (nextLink.AsText() is { } address)
        {
            if (address.Length == 0) return null;
            if (Uri.TryCreate(endpoint, address, out Uri? next)) return next;
        }

        // The rest of the list would be lost silently.
        throw ServiceErrors.InvalidResponse("its nextLink isn't an address");
    }

    // Neither has quotes: the type is a constant, and the name matches a pattern.
    private Uri Resources(string subscriptionId, string type, string name) => Address(
        $"/subscriptions/{subscriptionId}/resources", ResourcesVersion,
        $"resourceType eq '{type}' and name eq '{name}'");

    private static string Utc(DateTime date) => date.ToString("s", CultureInfo.InvariantCulture) + "Z";

    private Uri Permissions(string scope) =>
        Address($"{scope}/providers/Microsoft.Authorization/permissions", AuthorizationVersion);

    private Uri Address(string path, string version, string? filter = null, string? select = null) => new(
        endpoint,
        $"{path}?api-version={Uri.EscapeDataString(version)}"
        + (filter is null ? "" : "&$filter=" + Uri.EscapeDataString(filter))
        + (select is null ? "" : "&$select=" + Uri.EscapeDataString(select)));
}
