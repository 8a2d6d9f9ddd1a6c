using System.Text.Json.Nodes;
using CogRecover.Core.Dependencies;

namespace CogRecover.Core.Tests.Dependencies;

public sealed class PrerequisiteTests : PrerequisiteTest
{
    private const string Vault = "kv-contoso";

    [Fact]
    public async Task A_plain_account_passes_all_checks_and_nothing_is_written()
    {
        RestoreTestResult result = await TestAsync();

        Assert.True(result.CanRestore);
        Assert.Equal(["Lock", "Name", "Permission", "ResourceGroup", "Retention", "Subscription"],
            result.Checks.Select(check => check.Name).Order());
        Assert.All(result.Checks, check => Assert.Equal(RestoreCheckStatus.Passed, check.Status));
        Assert.All(Arm.Requests, request => Assert.Equal("GET", request.Method));
    }

    [Theory]
    [InlineData(-47.5, RestoreCheckStatus.Warning)]
    [InlineData(-46.5, RestoreCheckStatus.Passed)]
    public async Task The_last_hour_is_a_warning(double hours, RestoreCheckStatus status)
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", deletionDate: DateTimeOffset.UtcNow.AddHours(hours));

        RestoreCheck check = await CheckAsync("Retention");

        Assert.Equal(status, check.Status);
    }

    [Fact]
    public void The_48_hours_that_are_over_fail_with_what_is_left_to_do()
    {
        RestoreCheck check = RetentionCheck.Run(
            PurgedAtMidnight(), new DateTime(2026, 11, 1, 0, 0, 1, DateTimeKind.Utc));

        AssertFailed(check, RecoveryErrorId.RetentionExpired, "2026-11-01 00:00 UTC", "Create the account again");
    }

    [Theory]
    [InlineData("23:59:30", "less than a minute")]
    [InlineData("23:58:30", "a minute")]
    [InlineData("23:30:00", "30 minutes")]
    public void The_minutes_that_are_left_are_told(string now, string left)
    {
        RestoreCheck check = RetentionCheck.Run(
            PurgedAtMidnight(), new DateTime(2026, 10, 31, 0, 0, 0, DateTimeKind.Utc) + TimeSpan.Parse(now));

        Assert.Equal($"The service purges the account in {left}, at 2026-11-01 00:00 UTC.", check.Message);
    }

    [Fact]
    public async Task A_live_account_of_the_name_fails()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai");
        Arm.State.AddAccount("contoso", "rg-ai");

        RestoreCheck check = await CheckAsync("Name");

        AssertFailed(check, RecoveryErrorId.AccountAlreadyExists, "'contoso'",
            "Get-AzCognitiveServicesAccount -ResourceGroupName 'rg-ai' -Name 'contoso'");
    }

    [Fact]
    public async Task A_group_that_is_gone_fails()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai");
        Arm.State.RemoveResourceGroup("rg-ai");

        RestoreCheck check = await CheckAsync("ResourceGroup");

        AssertFailed(check, RecoveryErrorId.ResourceGroupNotFound, "'rg-ai'",
            "New-AzResourceGroup -Name 'rg-ai' -Location 'eastus'");
    }

    [Fact]
    public async Task A_vault_that_exists_passes_with_one_look()
    {
        GivenCustomerManagedKey();
        Arm.State.AddKeyVault(Vault, "rg-vaults");

        RestoreCheck check = await CheckAsync("KeyVault");

        Assert.Equal(RestoreCheckStatus.Passed, check.Status);
        Assert.DoesNotContain(Arm.Requests, request =>
            request.Path.EndsWith("/deletedVaults", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_vault_fails_with_the_line_that_brings_it_back()
    {
        GivenCustomerManagedKey();
        Arm.State.AddDeletedKeyVault(Vault, "rg-vaults", "westeurope");

        RestoreCheck check = await CheckAsync("KeyVault");

        AssertFailed(check, RecoveryErrorId.KeyVaultDeleted, $"'{Vault}'", "Undo");
        Assert.Equal(
            "Add -RestoreDependency to Restore-CognitiveAccount, or run "
            + $"Set-AzContext -Subscription '{Subscription}'; Undo-AzKeyVaultRemoval -VaultName '{Vault}' "
            + "-ResourceGroupName 'rg-vaults' -Location 'westeurope'", check.RecommendedAction);
    }

    [Fact]
    public async Task A_vault_that_isnt_in_the_subscription_is_unknown()
    {
        GivenCustomerManagedKey();

        Assert.Equal(RestoreCheckStatus.Unknown, (await CheckAsync("KeyVault")).Status);
    }

    [Theory]
    [InlineData(true, RestoreCheckStatus.Passed)]
    [InlineData(false, RestoreCheckStatus.Failed)]
    public async Task A_storage_account_must_exist(bool exists, RestoreCheckStatus status)
    {
        string id = $"/subscriptions/{Subscription}/resourceGroups/rg-data/providers/Microsoft.Storage"
            + "/storageAccounts/stcontoso";
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: account => account.Properties = new JsonObject
        {
            ["userOwnedStorage"] = new JsonArray(new JsonObject { ["resourceId"] = id }),
        });
        Arm.State.AddResourceGroup("rg-data");
        if (exists) Arm.State.AddStorageAccount("stcontoso", "rg-data");

        RestoreCheck check = await CheckAsync("Storage");

        Assert.Equal(status, check.Status);
        if (!exists) AssertFailed(check, RecoveryErrorId.StorageAccountMissing, "'stcontoso'", id);
    }

    [Theory]
    [InlineData(true, RestoreCheckStatus.Passed)]
    [InlineData(false, RestoreCheckStatus.Warning)]
    public async Task A_subnet_that_is_gone_is_a_warning(bool exists, RestoreCheckStatus status)
    {
        string network = $"/subscriptions/{Subscription}/resourceGroups/rg-net/providers/Microsoft.Network"
            + "/virtualNetworks/vnet-hub";
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: account => account.Properties = new JsonObject
        {
            ["networkAcls"] = new JsonObject
            {
                ["virtualNetworkRules"] = new JsonArray(new JsonObject { ["id"] = network + "/subnets/snet-ai" }),
            },
        });
        Arm.State.AddSubnet("vnet-hub", exists ? "snet-ai" : "snet-other", "rg-net");

        RestoreTestResult result = await TestAsync();
        RestoreCheck check = Assert.Single(result.Checks, check => check.Name == "Network");

        Assert.Equal(status, check.Status);
        Assert.True(result.CanRestore);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_check_that_cant_be_made_is_unknown_and_blocks_nothing(int status)
    {
        GivenCustomerManagedKey();
        Arm.Intercept = async context =>
        {
            if (context.Request.Path.Value!.Contains("/deletedAccounts", StringComparison.Ordinal)) return false;
            await WriteAsync(context, status, """{"error":{"code":"InvalidResourceType","message":"No."}}""");
            return true;
        };

        RestoreTestResult result = await TestAsync();

        Assert.True(result.CanRestore);
        Assert.Equal(6, result.Checks.Count(check => check.Status == RestoreCheckStatus.Unknown));
        Assert.All(result.Checks.Where(check => check.Status == RestoreCheckStatus.Unknown), check =>
            Assert.Contains("No", check.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failures_come_first()
    {
        GivenCustomerManagedKey(DateTimeOffset.UtcNow.AddHours(-47.5));
        Arm.State.AddDeletedKeyVault(Vault, "rg-vaults");

        RestoreTestResult result = await TestAsync();

        Assert.Equal([RestoreCheckStatus.Failed, RestoreCheckStatus.Warning, RestoreCheckStatus.Passed],
            result.Checks.Select(check => check.Status).Distinct());
        Assert.False(result.CanRestore);
    }

    private void GivenCustomerManagedKey(DateTimeOffset? deleted = null) => Arm.State.AddDeletedAccount(
        "contoso", "rg-ai", deletionDate: deleted, configure: account => account.Properties = new JsonObject
        {
            ["encryption"] = new JsonObject
            {
                ["keySource"] = "Microsoft.KeyVault",
                ["keyVaultProperties"] = new JsonObject { ["keyVaultUri"] = $"https://{Vault}.vault.azure.net/" },
            },
        });

    private DeletedCognitiveAccount PurgedAtMidnight() => new()
    {
        Name = "contoso", ResourceGroupName = "rg-ai", Location = "eastus", SubscriptionId = Subscription,
        ResourceId = "", AccountId = "", ScheduledPurgeDate = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc),
    };
}
