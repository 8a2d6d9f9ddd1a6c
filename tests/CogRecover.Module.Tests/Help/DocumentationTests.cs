using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.State;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Help;

/// <summary>What the documentation promises, held against the module.</summary>
public sealed class DocumentationTests : ModuleTest
{
    // Everything that the module can do. The role's actions are all of it, and no more.
    private const string Everything = """
        $accounts = Get-DeletedCognitiveAccount -IncludeDeletedBy
        foreach ($account in $accounts) { if (-not $account.DeletedBy) { throw "DeletedBy of $account" } }
        $null = Get-DeletedCognitiveAccount -ResourceId $accounts[0].ResourceId
        foreach ($check in (Test-CognitiveAccountRestore contoso-full).Checks) {
            if ($check.Status -ne 'Passed') { throw "$check" }
        }
        foreach ($check in (Test-CognitiveAccountRestore contoso-key).Checks) {
            if ($check.Name -eq 'KeyVault' -and $check.ErrorId -ne 'KeyVaultDeleted') { throw "$check" }
        }
        foreach ($check in (Test-CognitiveAccountRestore contoso-data).Checks) {
            if ($check.Name -eq 'Storage' -and $check.RecommendedAction -notlike 'Add -RestoreDependency*') {
                throw "$check"
            }
        }
        $null = Restore-CognitiveAccount contoso-gone -CreateResourceGroup
        Remove-DeletedCognitiveAccount contoso-full -Force
        """;

    private static string Docs { get; } =
        Path.Combine(Path.GetDirectoryName(ModuleShell.Manifest)!, "..", "..", "docs");

    [Fact]
    public void Each_error_id_has_an_entry_and_each_entry_an_id()
    {
        string[] ids = [.. Shell.Run("[enum]::GetNames([CogRecover.RecoveryErrorId])").ThrowIfFailed()
            .Output.Select(id => id.ToString())];

        string[] entries = [.. Regex.Matches(
            File.ReadAllText(Path.Combine(Docs, "troubleshooting.md")), @"^## (\w+)\r?$", RegexOptions.Multiline)
            .Select(entry => entry.Groups[1].Value)];

        Assert.Equal(ids.Order(), entries.Order());
    }

    [Fact]
    public void Each_promise_has_a_test_of_the_name_that_it_gives()
    {
        string tests = Path.Combine(Docs, "..", "tests");
        string[] promises = [.. Regex.Matches(
            File.ReadAllText(Path.Combine(Docs, "reliability.md")), @"`(\w+Tests)\.(\w+)`")
            .Select(promise => promise.Value.Trim('`'))];

        Assert.InRange(promises.Length, 30, 1000);
        Assert.All(promises, promise =>
        {
            string[] parts = promise.Split('.');
            Assert.Contains(Directory.GetFiles(tests, parts[0] + ".cs", SearchOption.AllDirectories),
                file => File.ReadAllText(file).Contains($" {parts[1]}(", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_role_is_one_that_Azure_takes()
    {
        JsonObject role = Role();

        Assert.Equal(["Name", "IsCustom", "Description", "Actions", "NotActions", "DataActions", "NotDataActions",
            "AssignableScopes"], role.Select(member => member.Key));
        Assert.Equal(Actions(role).Order(StringComparer.Ordinal), Actions(role));
    }

    [Fact]
    public void The_roles_actions_are_enough_for_everything()
    {
        GivenEverything();
        Arm.State.Permissions = [new(Actions(Role()))];

        ShellResult result = Shell.Run(Everything).ThrowIfFailed();

        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void None_of_the_roles_actions_is_one_too_many()
    {
        string[] actions = Actions(Role());
        List<string> spare = [];
        foreach (string action in actions)
        {
            GivenEverything();
            Arm.State.Permissions = [new([.. actions.Where(other => other != action)])];
            ShellResult result = Shell.Run(Everything);
            if (result is { TerminatedBy: null, Errors.Count: 0, Warnings.Count: 0 }) spare.Add(action);
            Arm.State.Permissions = [ArmPermission.All];
            Shell.Run("Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force").ThrowIfFailed();
        }

        // The simulated ARM lets everyone poll, and see their subscriptions, what these have and what they may do; Azure
        // documents the actions.
        Assert.Equal(["Microsoft.Authorization/permissions/read",
            "Microsoft.CognitiveServices/locations/operationResults/read",
            "Microsoft.Resources/subscriptions/locations/read", "Microsoft.Resources/subscriptions/providers/read",
            "Microsoft.Resources/subscriptions/read"],
            spare);
    }

    private static JsonObject Role() => JsonNode.Parse(Regex.Match(
        File.ReadAllText(Path.Combine(Docs, "permissions.md")), @"```json\r?\n(.*?)```", RegexOptions.Singleline)
        .Groups[1].Value)!.AsObject();

    private static string[] Actions(JsonObject role) =>
        [.. role["Actions"]!.AsArray().Select(action => (string)action!)];

    private void GivenEverything()
    {
        string group = $"/subscriptions/{Subscription}/resourceGroups/rg-ai/providers/";
        const string principal = "0d6a5f0e-2c46-4a5f-9d0b-7d1f6a8f2b11";
        Arm.State.AddRoleAssignment(
            Arm.State.AddKeyVault("kv-contoso", "rg-ai").Id, principal, "Key Vault Crypto Service Encryption User");
        Arm.State.AddRoleAssignment(
            Arm.State.AddStorageAccount("stcontoso", "rg-ai").Id, principal, "Storage Blob Data Contributor");
        Arm.State.AddDeletedKeyVault("kv-deleted", "rg-ai");
        Arm.State.AddDeletedStorageAccount("stdeleted", "rg-ai");
        Arm.State.AddSubnet("vnet", "snet", "rg-ai");
        string identity = Arm.State.AddUserAssignedIdentity("id-contoso", "rg-ai").Id;
        Arm.State.AddDeletedAccount("contoso-full", "rg-ai", deletedBy: "dana@contoso.com", configure: account =>
        {
            account.Identity = new JsonObject
            {
                ["type"] = "SystemAssigned, UserAssigned", ["principalId"] = principal,
                ["userAssignedIdentities"] = new JsonObject { [identity] = new JsonObject() },
            };
            account.Properties = new JsonObject
            {
                ["encryption"] = Key("kv-contoso"),
                ["userOwnedStorage"] = new JsonArray(
                    new JsonObject { ["resourceId"] = group + "Microsoft.Storage/storageAccounts/stcontoso" }),
                ["networkAcls"] = new JsonObject
                {
                    ["virtualNetworkRules"] = new JsonArray(
                        new JsonObject { ["id"] = group + "Microsoft.Network/virtualNetworks/vnet/subnets/snet" }),
                },
            };
        });
        Arm.State.AddDeletedAccount("contoso-data", "rg-ai", deletedBy: "dana@contoso.com", configure: account =>
            account.Properties = new JsonObject
            {
                ["userOwnedStorage"] = new JsonArray(
                    new JsonObject { ["resourceId"] = group + "Microsoft.Storage/storageAccounts/stdeleted" }),
            });
        Arm.State.AddDeletedAccount("contoso-key", "rg-ai", deletedBy: "dana@contoso.com", configure: account =>
            account.Properties = new JsonObject { ["encryption"] = Key("kv-deleted") });
        Arm.State.AddDeletedAccount("contoso-gone", "rg-gone", deletedBy: "dana@contoso.com");
        Arm.State.RemoveResourceGroup("rg-gone");
    }

    private static JsonObject Key(string vault) => new()
    {
        ["keySource"] = "Microsoft.KeyVault",
        ["keyVaultProperties"] = new JsonObject { ["keyVaultUri"] = $"https://{vault}.vault.azure.net/" },
    };
}
