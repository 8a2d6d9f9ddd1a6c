using System.Management.Automation;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Dependencies;

/// <summary>What a restore doesn't bring back is said before it, and in one warning after it.</summary>
public sealed class LostWithAccountTests : DependencyTest
{
    private const string CryptoRole = "Key Vault Crypto Service Encryption User";

    private string NetworkId => $"/subscriptions/{Subscription}/resourceGroups/rg-net/providers/Microsoft.Network";

    [Fact]
    public void Projects_and_private_endpoints_are_named_in_the_test_and_in_one_warning_after_the_restore()
    {
        GivenFoundryAccount();

        ShellResult test = Shell.Run(
            "(Test-CognitiveAccountRestore contoso).Checks | ? Status -eq Warning | % { \"$_\" }");
        ShellResult restore = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.Equal(
            ["Projects: Warning. Foundry projects 'main' and 'second' don't come back, nor do agents, threads and "
                + "files.",
                "PrivateEndpoints: Warning. The connection of private endpoint 'pe-contoso' doesn't come back."],
            test.Output.Select(check => check.ToString()));
        string warning = Assert.Single(restore.Warnings);
        Assert.StartsWith("Account 'contoso' needs some work by hand. Foundry projects 'main' and 'second' ",
            warning, StringComparison.Ordinal);
        Assert.Contains($"Invoke-AzRestMethod -Method PUT -Path '{LiveId("contoso")}/projects/main?api-version=",
            warning, StringComparison.Ordinal);
        Assert.Contains("'pe-contoso'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_of_what_an_account_doesnt_have()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", kind: "AIServices", configure: account =>
            account.Properties = new()
            {
                ["associatedProjects"] = new JsonArray(), ["defaultProject"] = null,
                ["privateEndpointConnections"] = new JsonArray(), ["networkInjections"] = null,
                ["disableLocalAuth"] = false,
            });

        ShellResult checks = Shell.Run("(Test-CognitiveAccountRestore contoso).Checks.Count");
        ShellResult restore = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.Equal("6", Assert.Single(checks.Output).ToString());
        Assert.Empty(restore.Warnings);
    }

    [Fact]
    public void Without_keys_the_role_assignments_at_the_account_have_to_be_made_again()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai",
            configure: account => account.Properties = new() { ["disableLocalAuth"] = true });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        string warning = Assert.Single(result.Warnings);
        Assert.Contains("Role assignments at the account itself don't come back", warning, StringComparison.Ordinal);
        Assert.Contains($"New-AzRoleAssignment -Scope '{LiveId("contoso")}'", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"scenario":"agent","subnetArmId":"ID"}""", true)]
    [InlineData("""{"scenario":"agent","subnetArmId":""}""", false)]
    [InlineData("""{"scenario":"agent","subnetArmId":null,"useMicrosoftManagedNetwork":true}""", false)]
    [InlineData("null", false)]
    public void A_subnet_of_agents_that_is_gone_is_a_warning(string injection, bool isWarned)
    {
        string id = NetworkId + "/virtualNetworks/vnet/subnets/snet-agents";
        Arm.State.AddDeletedAccount("contoso", "rg-ai", kind: "AIServices", configure: account =>
            account.Properties = new()
            {
                ["networkInjections"] = new JsonArray(
                    JsonNode.Parse(injection.Replace("ID", id, StringComparison.Ordinal))),
            });

        ShellResult test = Shell.Run("""
            (Test-CognitiveAccountRestore contoso).Checks | ? Name -eq Network | % Message
            (Get-DeletedCognitiveAccount).Subnets
            """).ThrowIfFailed();
        ShellResult restore = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.Equal(
            isWarned
                ? ["Subnet 'snet-agents' of the agents is gone: traffic from it doesn't pass.", id]
                : [],
            test.Output.Select(line => line.ToString()));
        Assert.Equal(isWarned ? 1 : 0, restore.Warnings.Count);
    }

    [Theory]
    [InlineData(null, "Warning")]
    [InlineData(CryptoRole, "Passed")]
    [InlineData("Reader", "Unknown")]
    public void The_identitys_role_at_an_rbac_vault_is_looked_at(string? role, string status)
    {
        GivenVaultAccount("contoso", hasIdentity: true);
        Arm.State.AddKeyVault(Vault, "rg-ai");
        if (role is not null) Arm.State.AddRoleAssignment(VaultId(), Principal, role);

        ShellResult test = Shell.Run(
            "(Test-CognitiveAccountRestore contoso).Checks | ? Name -eq KeyVaultAccess");
        ShellResult restore = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        PSObject check = Assert.Single(test.Output);
        Assert.Equal(status, check.Properties["Status"].Value.ToString());
        string assign = $"New-AzRoleAssignment -ObjectId '{Principal}' -RoleDefinitionName '{CryptoRole}' "
            + $"-Scope '{VaultId()}'";
        Assert.Equal(role == CryptoRole ? null : assign, check.Properties["RecommendedAction"].Value);
        Assert.Equal(role is null ? 1 : 0, restore.Warnings.Count);
        if (role is null) Assert.Contains(assign, restore.Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Warning")]
    [InlineData("Storage Blob Data Contributor", "Passed")]
    [InlineData("Reader", "Unknown")]
    public void So_is_its_role_at_its_own_storage(string? role, string status)
    {
        GivenStorageAccount("contoso", hasIdentity: true);
        Arm.State.AddStorageAccount(Storage, "rg-ai");
        if (role is not null) Arm.State.AddRoleAssignment(StorageId(), Principal, role);

        ShellResult test = Shell.Run("(Test-CognitiveAccountRestore contoso).Checks | ? Name -eq StorageAccess");
        ShellResult restore = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.Equal(status, Assert.Single(test.Output).Properties["Status"].Value.ToString());
        Assert.Equal(role is null ? 1 : 0, restore.Warnings.Count);
        if (role is null)
            Assert.EndsWith($"New-AzRoleAssignment -ObjectId '{Principal}' -RoleDefinitionName "
                + $"'Storage Blob Data Contributor' -Scope '{StorageId()}'", restore.Warnings[0],
                StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_that_went_with_storage_are_named_after_its_recovery()
    {
        GivenStorageAccount("contoso", hasIdentity: true);
        Arm.State.AddStorageAccount(Storage, "rg-ai");
        Arm.State.AddRoleAssignment(StorageId(), Principal, "Storage Blob Data Contributor");
        Arm.State.BeginGroupDeletion("rg-ai", TimeSpan.Zero);

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency").ThrowIfFailed();

        Assert.Contains($"it has no role at storage account '{Storage}'", Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Roles_at_what_has_to_be_recovered_first_are_unknown_before(bool isGone)
    {
        GivenVaultAccount("contoso", hasIdentity: true);
        GivenStorageAccount("contoso-speech", hasIdentity: true);
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.State.AddStorageAccount(Storage, "rg-ai");
        Arm.State.AddRoleAssignment(VaultId(), Principal, CryptoRole);
        if (isGone) Arm.State.BeginGroupDeletion("rg-ai", TimeSpan.Zero);
        else
            Arm.Faults.Set(new Fault
            {
                Kind = FaultKind.Edit, Method = "GET", Path = "/resourceGroups/rg-ai$",
                Edits = new() { ["/properties/provisioningState"] = "Deleting" },
            });

        string[] checks = [.. Shell.Run("""
            (Get-DeletedCognitiveAccount | Test-CognitiveAccountRestore).Checks | ? Name -like *Access |
                % { "$_ $($_.RecommendedAction)" }
            """).ThrowIfFailed().Output.Select(check => check.ToString()).Order()];

        Assert.Equal(2, checks.Length);
        Assert.StartsWith("KeyVaultAccess: Unknown. It isn't known whether the account's identity may use its customer-managed key "
            + $"until key vault '{Vault}' is recovered. Where it has role-based access, role assignments at it "
            + $"don't come back. New-AzRoleAssignment -ObjectId '{Principal}'", checks[0], StringComparison.Ordinal);
        Assert.StartsWith("StorageAccess: Unknown. It isn't known whether the account's identity may use its own storage until "
            + $"storage account '{Storage}' is recovered. Role assignments at it don't come back.", checks[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_identity_that_Azure_doesnt_tell_is_warned_of_after_a_recovery()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: account =>
        {
            account.Identity = new() { ["type"] = "UserAssigned", ["userAssignedIdentities"] = new JsonObject() };
            account.Properties = new() { ["encryption"] = Encryption(Other) };
        });
        Arm.State.AddDeletedKeyVault(Vault, "rg-ai");

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency").ThrowIfFailed();

        Assert.Contains("It isn't known whether the account's identity may use its customer-managed key: "
            + "Azure doesn't tell which identity that is.",
            Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_goes_on_where_one_stopped_warns_of_roles_that_cant_be_seen()
    {
        GivenVaultAccount("contoso", hasIdentity: true);
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 403, Path = "/roleAssignments" });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency").ThrowIfFailed();

        Assert.Contains("It isn't known whether the account's identity may use its customer-managed key: ", Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_vault_with_access_policies_needs_no_role()
    {
        GivenVaultAccount("contoso", hasIdentity: true);
        Arm.State.AddKeyVault(Vault, "rg-ai", rbac: false, keyReaders: [Principal]);

        ShellResult test = Shell.Run("(Test-CognitiveAccountRestore contoso).Checks.Name");

        Assert.DoesNotContain("KeyVaultAccess", test.Output.Select(name => name.ToString()));
    }

    [Fact]
    public void A_role_that_went_with_the_vault_is_named_after_its_recovery()
    {
        GivenVaultAccount("contoso", hasIdentity: true);
        Arm.State.AddKeyVault(Vault, "rg-ai");
        Arm.State.AddRoleAssignment(VaultId(), Principal, CryptoRole);
        Arm.State.BeginGroupDeletion("rg-ai", TimeSpan.Zero);

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency").ThrowIfFailed();

        Assert.Contains($"it has no role at key vault '{Vault}'", Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_roles_at_a_recovered_vault_cant_be_seen_that_is_said()
    {
        GivenVaultAccount("contoso", hasIdentity: true);
        Arm.State.AddDeletedKeyVault(Vault, "rg-ai");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 403, Path = "/roleAssignments$" });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -RestoreDependency").ThrowIfFailed();

        Assert.Contains("It isn't known whether the account's identity may use its customer-managed key: ",
            Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_assigned_identity_that_is_gone_is_a_warning_with_the_line_that_makes_it_again()
    {
        string id = IdentityId("id-contoso");
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: account => account.Identity = UserAssigned(id));

        ShellResult test = Shell.Run("(Test-CognitiveAccountRestore contoso).Checks | ? Name -eq Identity");
        ShellResult restore = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        PSObject check = Assert.Single(test.Output);
        Assert.Equal("Warning", check.Properties["Status"].Value.ToString());
        Assert.StartsWith(
            "New-AzUserAssignedIdentity -Name 'id-contoso' -ResourceGroupName 'rg-ids' -Location 'eastus' "
            + $"-SubscriptionId '{Subscription}'",
            (string)check.Properties["RecommendedAction"].Value, StringComparison.Ordinal);
        Assert.Contains("'id-contoso' is gone", Assert.Single(restore.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_checks_only_what_the_account_itself_tells_is_said()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: account =>
        {
            account.Identity = UserAssigned(IdentityId("id-contoso"));
            account.Properties = new() { ["disableLocalAuth"] = true };
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso -SkipPrerequisiteCheck").ThrowIfFailed();

        Assert.Contains("Role assignments at the account itself", Assert.Single(result.Warnings),
            StringComparison.Ordinal);
        Assert.DoesNotContain("id-contoso", result.Warnings[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Arm.Requests,
            request => request.Path.Contains("/userAssignedIdentities/", StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_reads_the_customer_managed_key_fails_and_nothing_is_sent()
    {
        string id = IdentityId("id-contoso");
        Arm.State.AddKeyVault(Vault, "rg-vaults", rbac: false);
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: account =>
        {
            account.Identity = UserAssigned(id);
            account.Properties = new() { ["encryption"] = Encryption(ClientId) };
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso");

        AssertError(Assert.Single(result.Errors), $"IdentityMissing,{RestoreClass}",
            ErrorCategory.ResourceUnavailable, "contoso", "is gone. The account reads its customer-managed key with it.",
            "New-AzUserAssignedIdentity -Name 'id-contoso'");
        Assert.Empty(Writes);
    }

    [Fact]
    public void An_account_that_lives_already_is_warned_of_nothing_else()
    {
        GivenFoundryAccount();
        Shell.Run("$account = Get-DeletedCognitiveAccount; $account | Restore-CognitiveAccount").ThrowIfFailed();

        ShellResult again = Shell.Run("$account | Restore-CognitiveAccount").ThrowIfFailed();

        Assert.Contains("is already live", Assert.Single(again.Warnings), StringComparison.Ordinal);
    }

    private const string ClientId = "7a1b0c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

    private string IdentityId(string name) =>
        $"/subscriptions/{Subscription}/resourceGroups/rg-ids/providers/Microsoft.ManagedIdentity"
        + $"/userAssignedIdentities/{name}";

    private static JsonObject UserAssigned(string id) => new()
    {
        ["type"] = "UserAssigned",
        ["userAssignedIdentities"] = new JsonObject
        {
            [id] = new JsonObject { ["clientId"] = ClientId, ["principalId"] = Principal },
        },
    };

    private void GivenFoundryAccount() => Arm.State.AddDeletedAccount(
        "contoso", "rg-ai", kind: "AIServices", configure: account => account.Properties = new()
        {
            ["allowProjectManagement"] = true, ["defaultProject"] = "main",
            ["associatedProjects"] = new JsonArray("second", "main"),
            ["privateEndpointConnections"] = new JsonArray(new JsonObject
            {
                ["name"] = "pe-contoso.1",
                ["properties"] = new JsonObject
                {
                    ["privateEndpoint"] = new JsonObject { ["id"] = NetworkId + "/privateEndpoints/pe-contoso" },
                },
            }),
        });
}
