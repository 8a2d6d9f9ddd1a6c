namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>A type of resource, and the api-versions it knows: every route belongs to one.</summary>
internal sealed record ArmType(string Namespace, string Name, string[] ApiVersions)
{
    private const string Cognitive = "Microsoft.CognitiveServices";

    public const string Resources = "Microsoft.Resources";

    private const string KeyVault = "Microsoft.KeyVault";

    private const string Storage = "Microsoft.Storage";

    private const string Network = "Microsoft.Network";

    private const string ManagedIdentity = "Microsoft.ManagedIdentity";

    private const string Authorization = "Microsoft.Authorization";

    private const string Insights = "Microsoft.Insights";

    public static readonly ArmType Accounts =
        new(Cognitive, "accounts", KnownVersions.Accounts) { Action = "accounts", IsTracked = true };

    public static readonly ArmType DeletedAccounts =
        new(Cognitive, "deletedAccounts", KnownVersions.Cognitive) { Action = "deletedAccounts" };

    public static readonly ArmType DeletedAccount = new(
        Cognitive, "locations/resourceGroups/deletedAccounts", KnownVersions.Cognitive)
    {
        Action = "locations/resourceGroups/deletedAccounts",
    };

    public static readonly ArmType OperationResults =
        new(Cognitive, "locations/operationResults", KnownVersions.Accounts);

    public static readonly ArmType DomainAvailability =
        new(Cognitive, "checkDomainAvailability", KnownVersions.Accounts) { Action = "" };

    public static readonly ArmType Projects =
        new(Cognitive, "accounts/projects", KnownVersions.Projects) { Action = "accounts/projects" };

    public static readonly ArmType Deployments =
        new(Cognitive, "accounts/deployments", [.. KnownVersions.Cognitive[..^1]]) { Action = "accounts/deployments" };

    public static readonly ArmType Subscriptions = new(Resources, "subscriptions", KnownVersions.Subscription);

    public static readonly ArmType Tenants = new(Resources, "tenants", KnownVersions.Subscription);

    public static readonly ArmType ResourceGroups = new(Resources, "resourceGroups", KnownVersions.Resources)
    {
        Action = "subscriptions/resourceGroups",
        IsTracked = true,
    };

    public static readonly ArmType AnyResources = new(Resources, "resources", KnownVersions.Resources);

    public static readonly ArmType Providers = new(Resources, "providers", KnownVersions.Resources);

    public static readonly ArmType KeyVaults =
        new(KeyVault, "vaults", KnownVersions.KeyVault) { Action = "vaults", IsTracked = true };

    public static readonly ArmType DeletedKeyVaults =
        new(KeyVault, "deletedVaults", KnownVersions.KeyVault) { Action = "deletedVaults" };

    public static readonly ArmType DeletedKeyVault =
        new(KeyVault, "locations/deletedVaults", KnownVersions.KeyVault) { Action = "locations/deletedVaults" };

    public static readonly ArmType KeyVaultOperations =
        new(KeyVault, "locations/operationResults", KnownVersions.KeyVault);

    public static readonly ArmType StorageAccounts =
        new(Storage, "storageAccounts", KnownVersions.Storage) { Action = "storageAccounts", IsTracked = true };

    public static readonly ArmType DeletedStorageAccounts =
        new(Storage, "deletedAccounts", KnownVersions.DeletedStorage) { Action = "deletedAccounts" };

    /// <summary>A guess: no list of actions has one of its own for a single deleted storage account.</summary>
    public static readonly ArmType DeletedStorageAccount =
        new(Storage, "locations/deletedAccounts", KnownVersions.DeletedStorage) { Action = "deletedAccounts" };

    public static readonly ArmType StorageOperations =
        new(Storage, "locations/asyncoperations", KnownVersions.Storage);

    public static readonly ArmType VirtualNetworks =
        new(Network, "virtualNetworks", KnownVersions.Network) { Action = "virtualNetworks", IsTracked = true };

    public static readonly ArmType Subnets =
        new(Network, "virtualNetworks/subnets", KnownVersions.Network) { Action = "virtualNetworks/subnets" };

    public static readonly ArmType Identities = new(ManagedIdentity, "userAssignedIdentities", KnownVersions.Identities)
    {
        Action = "userAssignedIdentities",
        IsTracked = true,
    };

    /// <summary>Everyone may ask what they may do.</summary>
    public static readonly ArmType Permissions = new(
        Authorization, "permissions",
        ["2022-05-01-preview", "2022-04-01", "2018-07-01", "2018-01-01-preview", "2016-07-01", "2015-07-01",
            "2015-06-01"]);

    public static readonly ArmType Locks = new(
        Authorization, "locks", ["2020-05-01", "2017-04-01", "2016-09-01", "2015-06-01", "2015-01-01"])
    {
        Action = "locks",
    };

    public static readonly ArmType RoleAssignments =
        new(Authorization, "roleAssignments", KnownVersions.RoleAssignments) { Action = "roleAssignments" };

    public static readonly ArmType ActivityLog =
        new(Insights, "eventtypes/values", KnownVersions.Event) { Action = "eventtypes/values" };

    /// <summary>What ARM lists.</summary>
    public static IReadOnlyList<ArmType> All =>
    [
        Accounts, DeletedAccounts, new(Cognitive, "locations", Accounts.ApiVersions), OperationResults,
        new(Cognitive, "locations/resourceGroups", KnownVersions.Cognitive), DeletedAccount,
        new(Cognitive, "operations", Accounts.ApiVersions), DomainAvailability, Projects,
        Deployments,
        Tenants, Providers, Subscriptions, AnyResources, ResourceGroups,
        KeyVaults, DeletedKeyVaults, new(KeyVault, "locations", KnownVersions.KeyVault), DeletedKeyVault,
        KeyVaultOperations, StorageAccounts, DeletedStorageAccounts, new(Storage, "locations", KnownVersions.Storage),
        DeletedStorageAccount, StorageOperations, VirtualNetworks, Subnets, Identities,
        Permissions, Locks, RoleAssignments,
        new(Insights, "eventtypes", KnownVersions.Event),
    ];

    /// <summary>What stands for it in the name of an action, between the namespace and the verb; empty: nothing; null:
    /// anyone may.</summary>
    public string? Action { get; init; }

    /// <summary>Whether its resources stand in a resource group, or are one. A list of them over a whole subscription
    /// shows what the caller may read, and is never refused.</summary>
    public bool IsTracked { get; init; }

    /// <summary>With the namespace: <c>Microsoft.KeyVault/vaults</c>.</summary>
    public string FullName => $"{Namespace}/{Name}";
}
