using System.Management.Automation;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

public sealed class PrerequisiteTests : ModuleTest
{
    private const string TestClass = "CogRecover.Commands.TestCognitiveAccountRestoreCommand";

    private string GroupId => $"/subscriptions/{Subscription}/resourceGroups/rg-ai";

    [Fact]
    public void Fifty_accounts_in_five_groups_with_one_vault_are_looked_at_with_six_look_ups_at_once()
    {
        for (int i = 0; i < 50; i++) GivenCustomerManagedKey($"account-{i}", $"rg-{i % 5}");
        Arm.State.AddKeyVault("kv-contoso", "rg-vaults");
        Shell.Run("$accounts = Get-DeletedCognitiveAccount; $accounts[0] | Test-CognitiveAccountRestore")
            .ThrowIfFailed();
        Arm.ClearRequests();
        using var arrived = new CountdownEvent(6);
        var all = new TaskCompletionSource();
        Arm.Intercept = async context =>
        {
            // Each is answered once all have arrived: one by one they never would be.
            string path = context.Request.Path.Value!;
            if ((!IsGroup(path) || path.EndsWith("/rg-vaults", StringComparison.Ordinal)) && !IsVaults(path))
                return false;
            if (arrived.Signal()) all.SetResult();
            await all.Task.WaitAsync(TimeSpan.FromSeconds(30), context.RequestAborted);
            return false;
        };

        ShellResult result = Shell.Run("$accounts | Test-CognitiveAccountRestore").ThrowIfFailed();

        Assert.Equal(50, result.Output.Count);
        Assert.All(result.Output, test => Assert.Equal(true, test.Properties["CanRestore"].Value));
        Assert.Equal(6, Arm.Requests.Count(request => IsGroup(request.Path)));
        Assert.Equal(1, Arm.Requests.Count(request => IsVaults(request.Path)));
        Assert.Empty(Writes);
    }

    [Fact]
    public void Failures_come_first_and_the_table_says_what_is_missing()
    {
        GivenDeleted("contoso-one");
        GivenDeletedWithoutGroup("contoso-two");

        Shell.Show("Get-DeletedCognitiveAccount | Test-CognitiveAccountRestore");

        string[] lines = Screen.ToString().Split(Environment.NewLine);
        int failed = Array.FindIndex(lines, line => line.StartsWith("contoso-two", StringComparison.Ordinal));
        int passed = Array.FindIndex(lines, line => line.StartsWith("contoso-one", StringComparison.Ordinal));
        Assert.InRange(failed, 0, passed);
        Assert.Contains(" No         Failed ResourceGroup:", lines[failed], StringComparison.Ordinal);
        Assert.Contains(" Yes        All 6 checks passed.", lines[passed], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length < 80, line));
    }

    [Fact]
    public void A_test_takes_accounts_by_name_and_by_id_and_says_what_isnt_there()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run(
            "Test-CognitiveAccountRestore contoso-one, contoso-vanished; "
            + $"Test-CognitiveAccountRestore -ResourceId '{LiveId("contoso-two")}'");

        Assert.Equal(["contoso-one", "contoso-two"], Names(result));
        AssertError(Assert.Single(result.Errors), $"DeletedAccountNotFound,{TestClass}", ErrorCategory.ObjectNotFound,
            "contoso-vanished", "'contoso-vanished'", "Get-DeletedCognitiveAccount");
    }

    [Fact]
    public void A_restore_whose_vault_is_deleted_sends_nothing_and_gives_the_line_to_type()
    {
        GivenCustomerManagedKey("contoso", "rg-ai");
        Arm.State.AddDeletedKeyVault("kv-contoso", "rg-vaults", "westeurope");

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso");

        AssertError(Assert.Single(result.Errors), $"KeyVaultDeleted,{RestoreClass}", ErrorCategory.ResourceUnavailable,
            "contoso", "'contoso'",
            "Undo-AzKeyVaultRemoval -VaultName 'kv-contoso' -ResourceGroupName 'rg-vaults' -Location 'westeurope'");
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_restore_whose_subnet_is_gone_warns_and_goes_on()
    {
        string id = GroupId + "/providers/Microsoft.Network/virtualNetworks/vnet";
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: account => account.Properties = new JsonObject
        {
            ["networkAcls"] = new JsonObject
            {
                ["virtualNetworkRules"] = new JsonArray(new JsonObject { ["id"] = id + "/subnets/snet-ai" }),
            },
        });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.Equal(["contoso"], Names(result));
        Assert.Contains("'snet-ai'", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_restore_without_permission_sends_nothing_and_names_the_action()
    {
        GivenDeleted("contoso");
        Arm.State.Permissions = [new(["*/read"])];

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso");

        AssertError(Assert.Single(result.Errors), $"AuthorizationFailed,{RestoreClass}",
            ErrorCategory.PermissionDenied, "contoso", "Microsoft.CognitiveServices/accounts/write",
            "Cognitive Services Contributor");
        Assert.Empty(Writes);
    }

    private static bool IsGroup(string path) => path.Split('/') is [.., "resourceGroups", _];

    private static bool IsVaults(string path) => path.EndsWith("/resources", StringComparison.Ordinal);

    private void GivenCustomerManagedKey(string name, string group) => Arm.State.AddDeletedAccount(
        name, group, configure: account => account.Properties = new JsonObject
        {
            ["encryption"] = new JsonObject
            {
                ["keySource"] = "Microsoft.KeyVault",
                ["keyVaultProperties"] = new JsonObject { ["keyVaultUri"] = "https://kv-contoso.vault.azure.net/" },
            },
        });
}
