namespace CogRecover.Sandbox.Arm;

/// <content>What accounts need, and what tells why something is refused.</content>
internal sealed partial record ArmType
{
    private const string KeyVault = "Microsoft.KeyVault";

    private const string Storage = "Microsoft.Storage";

    private const string Network = "Microsoft.Network";

    private const string Authorization = "Microsoft.Authorization";

    private const string Insights = "Microsoft.Insights";

    private static readonly string[] KeyVaultVersions =
    [
        "2024-11-01", "2024-04-01-preview", "2023-07-01", "2023-02-01", "2022-11-01", "2022-07-01",
        "2022-02-01-preview", "2021-11-01-preview", "2021-10-01", "2021-06-01-preview", "2021-04-01-preview",
        "2020-04-01-preview", "2019-09-01", "2018-02-14-preview", "2018-02-14", "2016-10-01",
    ];

    private static readonly string[] StorageVersions =
    [
        "2025-01-01", "2024-01-01", "2023-05-01", "2023-04-01", "2023-01-01", "2022-09-01", "2022-05-01", "2021-09-01",
        "2021-08-01", "2021-06-01", "2021-05-01", "2021-04-01", "2021-02-01", "2021-01-01", "2020-08-01-preview",
        "2019-06-01", "2019-04-01", "2018-11-01", "2018-07-01", "2018-02-01", "2017-10-01", "2017-06-01", "2016-12-01",
    ];

    private static readonly string[] NetworkVersions =
    [
        "2024-07-01", "2024-05-01", "2024-03-01", "2024-01-01", "2023-11-01", "2023-09-01", "2023-06-01", "2023-05-01",
        "2023-04-01", "2023-02-01", "2022-11-01", "2022-09-01", "2022-07-01", "2022-05-01", "2022-01-01", "2021-08-01",
        "2021-05-01", "2021-03-01", "2021-02-01", "2020-11-01", "2020-08-01", "2020-05-01", "2019-11-01", "2019-04-01",
    ];

    private static readonly string[] EventVersions =
        ["2017-03-01-preview", "2016-09-01-preview", "2015-04-01", "2014-11-01", "2014-04-01"];

    public static readonly ArmType KeyVaults =
        new(KeyVault, "vaults", KeyVaultVersions) { Action = "vaults", IsTracked = true };

    public static readonly ArmType DeletedKeyVaults =
        new(KeyVault, "deletedVaults", KeyVaultVersions) { Action = "deletedVaults" };

    public static readonly ArmType DeletedKeyVault =
        new(KeyVault, "locations/deletedVaults", KeyVaultVersions) { Action = "locations/deletedVaults" };

    public static readonly ArmType StorageAccounts =
        new(Storage, "storageAccounts", StorageVersions) { Action = "storageAccounts", IsTracked = true };

    public static readonly ArmType VirtualNetworks =
        new(Network, "virtualNetworks", NetworkVersions) { Action = "virtualNetworks", IsTracked = true };

    public static readonly ArmType Subnets =
        new(Network, "virtualNetworks/subnets", NetworkVersions) { Action = "virtualNetworks/subnets" };

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

    public static readonly ArmType ActivityLog =
        new(Insights, "eventtypes/values", EventVersions) { Action = "eventtypes/values" };
}
