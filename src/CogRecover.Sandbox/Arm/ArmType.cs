namespace CogRecover.Sandbox.Arm;

/// <summary>A type of resource, and the api-versions it knows: every route belongs to one.</summary>
internal sealed partial record ArmType(string Namespace, string Name, string[] ApiVersions)
{
    private const string Cognitive = "Microsoft.CognitiveServices";

    private const string Resources = "Microsoft.Resources";

    private static readonly string[] CognitiveVersions =
    [
        "2025-12-01", "2025-10-01-preview", "2025-09-01", "2025-07-01-preview", "2025-06-01", "2025-04-01-preview",
        "2024-10-01", "2024-06-01-preview", "2024-04-01-preview", "2023-10-01-preview", "2023-05-01", "2022-12-01",
        "2022-10-01", "2022-03-01", "2021-10-01", "2021-04-30",
    ];

    private static readonly string[] ResourcesVersions =
    [
        "2025-04-01", "2024-11-01", "2024-07-01", "2024-03-01", "2023-07-01", "2022-09-01", "2022-06-01", "2022-05-01",
        "2021-04-01", "2021-01-01", "2020-10-01", "2020-08-01", "2020-06-01", "2020-05-01", "2020-01-01", "2019-11-01",
        "2019-10-01", "2019-09-01", "2019-08-01", "2019-07-01", "2019-06-01", "2019-05-10", "2019-05-01", "2019-03-01",
        "2018-11-01", "2018-09-01", "2018-08-01", "2018-07-01", "2018-06-01", "2018-05-01", "2018-02-01", "2018-01-01",
        "2017-08-01", "2017-06-01", "2017-05-10", "2017-05-01", "2017-03-01", "2016-09-01", "2016-07-01", "2016-06-01",
        "2016-02-01", "2015-11-01", "2015-01-01", "2014-04-01-preview", "2014-04-01",
    ];

    private static readonly string[] SubscriptionVersions =
    [
        "2025-04-01", "2024-03-01", "2022-12-01", "2022-09-01", "2022-01-01", "2021-01-01", .. ResourcesVersions[10..],
    ];

    public static readonly ArmType Accounts =
        new(Cognitive, "accounts", [.. CognitiveVersions, "2017-04-18"]) { Action = "accounts", IsTracked = true };

    public static readonly ArmType DeletedAccounts =
        new(Cognitive, "deletedAccounts", CognitiveVersions) { Action = "deletedAccounts" };

    public static readonly ArmType DeletedAccount = new(
        Cognitive, "locations/resourceGroups/deletedAccounts", CognitiveVersions)
    {
        Action = "locations/resourceGroups/deletedAccounts",
    };

    public static readonly ArmType OperationResults =
        new(Cognitive, "locations/operationResults", [.. CognitiveVersions, "2017-04-18"]);

    public static readonly ArmType Subscriptions = new(Resources, "subscriptions", SubscriptionVersions);

    public static readonly ArmType Tenants = new(Resources, "tenants", SubscriptionVersions);

    public static readonly ArmType ResourceGroups = new(Resources, "resourceGroups", ResourcesVersions)
    {
        Action = "subscriptions/resourceGroups",
        IsTracked = true,
    };

    public static readonly ArmType AnyResources = new(Resources, "resources", ResourcesVersions);

    public static readonly ArmType Providers = new(Resources, "providers", ResourcesVersions);

    /// <summary>What ARM lists.</summary>
    public static IReadOnlyList<ArmType> All =>
    [
        Accounts, DeletedAccounts, new(Cognitive, "locations", Accounts.ApiVersions), OperationResults,
        new(Cognitive, "locations/resourceGroups", CognitiveVersions), DeletedAccount,
        new(Cognitive, "operations", Accounts.ApiVersions),
        Tenants, Providers, Subscriptions, AnyResources, ResourceGroups,
        KeyVaults, DeletedKeyVaults, new(KeyVault, "locations", KeyVaultVersions), DeletedKeyVault,
        StorageAccounts, VirtualNetworks, Subnets, Permissions, Locks, new(Insights, "eventtypes", EventVersions),
    ];

    /// <summary>What stands for it in the name of an action, between the namespace and the verb; null: anyone may.
    /// </summary>
    public string? Action { get; init; }

    /// <summary>Whether its resources stand in a resource group, or are one. A list of them over a whole subscription
    /// shows what the caller may read, and is never refused.</summary>
    public bool IsTracked { get; init; }

    /// <summary>With the namespace: <c>Microsoft.KeyVault/vaults</c>.</summary>
    public string FullName => $"{Namespace}/{Name}";

    /// <summary>Refuses an api-version that the type doesn't know.</summary>
    public void Require(string version, string? location)
    {
        if (ApiVersions.Contains(version, StringComparer.OrdinalIgnoreCase)) return;
        throw Namespace == Resources
            ? ArmException.InvalidApiVersion(version, ApiVersions)
            : ArmException.NoRegisteredProvider(location ?? "null", version, Name, ApiVersions);
    }
}
