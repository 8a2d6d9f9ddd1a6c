using System.Net;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Core.Tests.Simulator.Endpoints;

public sealed class KeyVaultTests : SimulatorTest
{
    private const string Recover = """{"location":"westeurope","properties":{"createMode":"recover"}}""";

    private string DeletedVaults => Subscription + "/providers/Microsoft.KeyVault/deletedVaults";

    private string Resources => Subscription + "/resources?api-version=2021-04-01&$filter=";

    [Fact]
    public async Task A_vault_is_found_in_its_group_its_subscription_and_the_list_of_all_resources()
    {
        State.AddKeyVault("kv", "rg", "West Europe");
        State.AddKeyVault("other", "rg");
        State.AddAccount("a", "rg");
        var vault = await GetAsync(Vault("kv"));
        Assert.Equal((HttpStatusCode.OK, Vault("kv")), (vault.Status, (string?)vault.Body!["id"]));
        Assert.Equal("https://kv.vault.azure.net/", (string?)vault.Body["properties"]!["vaultUri"]);
        var ofType = Resources + "resourceType eq 'Microsoft.KeyVault/vaults'";
        Assert.Equal(["kv"], (await GetAsync(ofType + " and name eq 'KV'")).Names);
        Assert.Equal(["kv", "other"], (await GetAsync(ofType)).Names);
        Assert.Equal(["kv", "other"], (await GetAsync(Subscription + "/providers/Microsoft.KeyVault/vaults")).Names);
        Assert.Equal(["kv", "other", "a"], (await GetAsync(Group("rg") + "/resources")).Names);
    }

    [Fact]
    public async Task A_deleted_vault_is_listed_as_deleted_until_it_is_recovered()
    {
        State.AddKeyVault("kv", "rg", "westeurope");
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(Vault("kv"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Vault("kv"))).Status);
        Assert.Equal("ResourceNotFound", (await GetAsync(Vault("kv"))).Code);
        var properties = (await GetAsync(DeletedVaults)).Body!["value"]![0]!["properties"]!;
        Assert.Equal((Vault("kv"), "westeurope"), ((string?)properties["vaultId"], (string?)properties["location"]));
        Assert.Equal("2026-03-14T09:26:53Z", (string?)properties["deletionDate"]);
        Assert.Equal("2026-06-12T09:26:53Z", (string?)properties["scheduledPurgeDate"]);
        var id = (string)(await GetAsync(DeletedVaults)).Body!["value"]![0]!["id"]!;
        Assert.Equal("kv", (string?)(await GetAsync(id)).Body!["name"]);

        Assert.Equal(HttpStatusCode.OK, (await PutAsync(Vault("kv"), Recover)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Vault("kv"))).Status);
        Assert.Empty((await GetAsync(DeletedVaults)).Names);
        Assert.Equal("DeletedVaultNotFound", (await GetAsync(id)).Code);
    }

    [Fact]
    public async Task A_deleted_vaults_name_is_taken_and_only_what_is_deleted_can_be_recovered()
    {
        State.AddDeletedKeyVault("kv", "rg", "westeurope");
        var taken = await PutAsync(Vault("kv"), """{"location":"westeurope","properties":{}}""");
        Assert.Equal((HttpStatusCode.Conflict, "ConflictError"), (taken.Status, taken.Code));
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(Vault("never"), Recover)).Status);
        State.RemoveResourceGroup("rg");
        Assert.Equal("ResourceGroupNotFound", (await PutAsync(Vault("kv"), Recover)).Code);
    }

    [Fact]
    public async Task What_decides_who_reads_its_keys_comes_back_with_it_into_a_group_that_was_created_again()
    {
        State.AddKeyVault("roles", "rg", "westeurope");
        State.AddKeyVault("policies", "rg", "westeurope", rbac: false, keyReaders: ["reader"]);
        await DeleteAsync(Group("rg"));
        await PutAsync(Group("rg"), """{"location":"eastus"}""");
        foreach (var (name, usesRbac) in new[] { ("roles", true), ("policies", false) })
        {
            var recovered = (await PutAsync(Vault(name), Recover)).Body!["properties"]!;
            Assert.Equal(usesRbac, (bool)recovered["enableRbacAuthorization"]!);
            Assert.Equal(usesRbac ? [] : ["reader"],
                recovered["accessPolicies"]!.AsArray().Select(policy => (string?)policy!["objectId"]));
        }
    }

    [Fact]
    public async Task A_new_vault_asks_access_policies_unless_it_is_told_otherwise()
    {
        State.AddResourceGroup("rg");
        foreach (var sent in new[] { "null", "true", "false" })
        {
            var created = await PutAsync(Vault("kv-" + sent), $$"""
                {"location":"westeurope","properties":{"enableRbacAuthorization":{{sent}} } }
                """);
            Assert.Equal(HttpStatusCode.Created, created.Status);
            Assert.Equal(sent == "true", (bool)created.Body!["properties"]!["enableRbacAuthorization"]!);
        }
    }

    [Fact]
    public async Task A_purged_vault_cannot_be_recovered_and_its_name_is_free()
    {
        var id = State.AddDeletedKeyVault("kv", "rg", "westeurope").Id;
        State.Permissions = [new(["*"], ["Microsoft.KeyVault/locations/deletedVaults/purge/action"])];
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, id + "/purge")).Status);
        State.Permissions = [ArmPermission.All];
        var accepted = await SendAsync(HttpMethod.Post, id + "/purge");
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(accepted.Headers["Location"])).Status);
        Assert.Equal("DeletedVaultNotFound", (await PutAsync(Vault("kv"), Recover)).Code);
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(Vault("kv"), """{"location":"westus"}""")).Status);
    }

    [Fact]
    public async Task Deleting_a_group_soft_deletes_its_vaults_and_storage_and_takes_the_rest()
    {
        State.AddKeyVault("kv", "rg");
        State.AddStorageAccount("st", "rg");
        State.AddSubnet("vnet", "one", "rg");
        await DeleteAsync(Group("rg"));
        Assert.Equal(["kv"], (await GetAsync(DeletedVaults)).Names);
        Assert.Equal(["st"], State.DeletedStorageAccounts.Select(one => one.Name));
        State.AddResourceGroup("rg");
        Assert.Empty((await GetAsync(Group("rg") + "/resources")).Names);
    }

    private string Vault(string name) => $"{Group("rg")}/providers/Microsoft.KeyVault/vaults/{name}";
}
