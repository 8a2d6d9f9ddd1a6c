using CogRecover.Core.Dependencies;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Dependencies;

public sealed class PrerequisiteTests(QuickArm arm) : PrerequisiteTest(arm), IClassFixture<QuickArm>
{
    private const string VaultVersion = "2023-07-01";

    /// <summary>The name of a vault is taken in all subscriptions.</summary>
    private string Vault => $"kv-{Subscription.Split('-')[^1]}";

    [Fact]
    public async Task A_plain_account_passes_all_checks_and_nothing_is_written()
    {
        RestoreTestResult result = await TestAsync();

        Assert.True(result.CanRestore);
        Assert.Equal(["Lock", "Name", "Permission", "ResourceGroup", "Retention", "Subscription"],
            result.Checks.Select(check => check.Name).Order());
        Assert.All(result.Checks, check => Assert.Equal(RestoreCheckStatus.Passed, check.Status));
        Assert.All(await Arm.RequestsAsync(), request => Assert.Equal("GET", request.Method));
    }

    [Theory]
    [InlineData(-47.5, RestoreCheckStatus.Warning)]
    [InlineData(-46.5, RestoreCheckStatus.Passed)]
    public async Task The_last_hour_is_a_warning(double hours, RestoreCheckStatus status)
    {
        await Arm.SetFaultsAsync(DeletedAt(hours));

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
        string id = $"/subscriptions/{Subscription}/resourceGroups/rg-ai/providers"
            + "/Microsoft.CognitiveServices/accounts/contoso";
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = 200, Path = "/accounts/contoso$", Body = $$"""
                {
                  "id": "{{id}}",
                  "name": "contoso", "location": "eastus", "kind": "OpenAI", "sku": { "name": "S0" },
                  "properties": { "provisioningState": "Succeeded" }
                }
                """,
        });

        RestoreCheck check = await CheckAsync("Name");

        AssertFailed(check, RecoveryErrorId.AccountAlreadyExists, "'contoso'",
            "Get-AzCognitiveServicesAccount -ResourceGroupName 'rg-ai' -Name 'contoso'");
    }

    [Fact]
    public async Task A_group_that_is_gone_fails()
    {
        await Arm.AddDeletedAccountAsync("contoso", "rg-ai");
        await Arm.RemoveGroupAsync("rg-ai");

        RestoreCheck check = await CheckAsync("ResourceGroup");

        AssertFailed(check, RecoveryErrorId.ResourceGroupNotFound, "'rg-ai'",
            "New-AzResourceGroup -Name 'rg-ai' -Location 'eastus'");
    }

    [Fact]
    public async Task A_vault_that_exists_passes_with_one_look()
    {
        await GivenCustomerManagedKeyAsync();
        await GivenVaultAsync();

        RestoreCheck check = await CheckAsync("KeyVault");

        Assert.Equal(RestoreCheckStatus.Passed, check.Status);
        Assert.DoesNotContain(await Arm.RequestsAsync(), request =>
            request.Path.EndsWith("/deletedVaults", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_vault_fails_with_the_line_that_brings_it_back()
    {
        await GivenCustomerManagedKeyAsync();
        await Arm.RemoveResourceAsync(await GivenVaultAsync(), VaultVersion);

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
        await GivenCustomerManagedKeyAsync();

        Assert.Equal(RestoreCheckStatus.Unknown, (await CheckAsync("KeyVault")).Status);
    }

    [Theory]
    [InlineData(true, RestoreCheckStatus.Passed)]
    [InlineData(false, RestoreCheckStatus.Failed)]
    public async Task A_storage_account_must_exist(bool exists, RestoreCheckStatus status)
    {
        string id = $"/subscriptions/{Subscription}/resourceGroups/rg-data/providers/Microsoft.Storage"
            + "/storageAccounts/stcontoso";
        await Arm.AddDeletedAccountAsync(
            "contoso", "rg-ai", properties: $$"""{"userOwnedStorage":[{"resourceId":"{{id}}"}]}""");
        await Arm.AddGroupAsync("rg-data");
        if (exists)
        {
            await Arm.AddResourceAsync(
                "rg-data", "Microsoft.Storage/storageAccounts/stcontoso", "2023-05-01", """{"location":"eastus"}""");
        }

        RestoreCheck check = await CheckAsync("Storage");

        Assert.Equal(status, check.Status);
        if (!exists) AssertFailed(check, RecoveryErrorId.StorageAccountMissing, "'stcontoso'", id);
    }

    [Theory]
    [InlineData(true, RestoreCheckStatus.Passed)]
    [InlineData(false, RestoreCheckStatus.Warning)]
    public async Task A_subnet_that_is_gone_is_a_warning(bool exists, RestoreCheckStatus status)
    {
        // A network of the sandbox's samples, in their subscription: nobody can create one in it.
        string subnet = "/subscriptions/3f1a7b52-6c0d-4d8e-b1f4-0a5c9e2d7b10/resourceGroups/rg-network/providers"
            + $"/Microsoft.Network/virtualNetworks/vnet-hub/subnets/{(exists ? "snet-ai" : "snet-gone")}";
        await Arm.AddDeletedAccountAsync(
            "contoso", "rg-ai",
            properties: $$$"""{"networkAcls":{"virtualNetworkRules":[{"id":"{{{subnet}}}"}]}}""");

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
        await GivenCustomerManagedKeyAsync();
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = status, Path = "^(?!.*/deletedAccounts)",
            Body = """{"error":{"code":"InvalidResourceType","message":"No."}}""",
        });

        RestoreTestResult result = await TestAsync();

        Assert.True(result.CanRestore);
        Assert.Equal(6, result.Checks.Count(check => check.Status == RestoreCheckStatus.Unknown));
        Assert.All(result.Checks.Where(check => check.Status == RestoreCheckStatus.Unknown), check =>
            Assert.Contains("No", check.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failures_come_first()
    {
        await GivenCustomerManagedKeyAsync();
        await Arm.SetFaultsAsync(DeletedAt(-47.5));
        await Arm.RemoveResourceAsync(await GivenVaultAsync(), VaultVersion);

        RestoreTestResult result = await TestAsync();

        Assert.Equal([RestoreCheckStatus.Failed, RestoreCheckStatus.Warning, RestoreCheckStatus.Passed],
            result.Checks.Select(check => check.Status).Distinct());
        Assert.False(result.CanRestore);
    }

    private Task GivenCustomerManagedKeyAsync() => Arm.AddDeletedAccountAsync("contoso", "rg-ai", properties: $$"""
        {
          "encryption": {
            "keySource": "Microsoft.KeyVault",
            "keyVaultProperties": { "keyVaultUri": "https://{{Vault}}.vault.azure.net/" }
          }
        }
        """);

    private Task<string> GivenVaultAsync() => Arm.AddResourceAsync(
        "rg-vaults", $"Microsoft.KeyVault/vaults/{Vault}", VaultVersion, """{"location":"westeurope"}""");

    /// <summary>Dates the deletion of the account back.</summary>
    private static Fault DeletedAt(double hours) => new()
    {
        Kind = FaultKind.Edit, Path = "/deletedAccounts/contoso$", Edits =
        {
            ["/properties/deletionDate"] = DateTime.UtcNow.AddHours(hours).ToString("o"),
            ["/properties/scheduledPurgeDate"] = DateTime.UtcNow.AddHours(hours + 48).ToString("o"),
        },
    };

    private DeletedCognitiveAccount PurgedAtMidnight() => new()
    {
        Name = "contoso", ResourceGroupName = "rg-ai", Location = "eastus", SubscriptionId = Subscription,
        ResourceId = "", AccountId = "", ScheduledPurgeDate = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc),
    };
}
