using System.Net;
using System.Text.Json.Nodes;

namespace CogRecover.Core.Tests.Simulator.Endpoints;

/// <summary>Storage accounts and subnets, and what happens to an account that lacks what it needs.</summary>
public sealed class NeededResourceTests : SimulatorTest
{
    [Fact]
    public async Task A_storage_account_is_there_or_it_or_its_group_is_said_to_be_missing()
    {
        State.AddStorageAccount("st", "rg", "uksouth");
        var found = await GetAsync(Storage("st"));
        Assert.Equal((HttpStatusCode.OK, Storage("st")), (found.Status, (string?)found.Body!["id"]));
        var missing = await GetAsync(Storage("none"));
        Assert.Equal((HttpStatusCode.NotFound, "ResourceNotFound"), (missing.Status, missing.Code));
        Assert.Contains("'Microsoft.Storage/storageAccounts/none' under resource group 'rg'", missing.Message,
            StringComparison.Ordinal);
        var listed = await GetAsync($"{Subscription}/resources?api-version=2021-04-01" +
            "&$filter=resourceType eq 'Microsoft.Storage/storageAccounts'");
        Assert.Equal(["st"], listed.Names);
        State.RemoveResourceGroup("rg");
        Assert.Equal("ResourceGroupNotFound", (await GetAsync(Storage("st"))).Code);
    }

    [Fact]
    public async Task A_missing_subnet_is_NotFound_and_a_missing_network_ResourceNotFound()
    {
        State.AddSubnet("vnet", "one", "rg");
        State.AddSubnet("VNET", "two", "rg");
        Assert.Equal("two", (string?)(await GetAsync(Network("vnet") + "/subnets/TWO")).Body!["name"]);
        var subnets = (await GetAsync(Network("vnet"))).Body!["properties"]!["subnets"]!.AsArray();
        Assert.Equal(["one", "two"], subnets.Select(subnet => (string?)subnet!["name"]));
        var subnet = await GetAsync(Network("vnet") + "/subnets/none");
        Assert.Equal((HttpStatusCode.NotFound, "NotFound"), (subnet.Status, subnet.Code));
        Assert.Equal($"Resource {Network("vnet")}/subnets/none not found.", subnet.Message);
        foreach (var path in new[] { Network("none"), Network("none") + "/subnets/one" })
            Assert.Equal("ResourceNotFound", (await GetAsync(path)).Code);
    }

    [Theory]
    [InlineData("vault")]
    [InlineData("storage")]
    public async Task Restore_of_an_account_that_lacks_what_it_needs_fails_and_leaves_it_deleted(string lacks)
    {
        State.AddDeletedAccount("a", "rg", configure: account => account.Properties = lacks == "vault"
            ? new()
            {
                ["encryption"] = new JsonObject
                {
                    ["keySource"] = "Microsoft.KeyVault",
                    ["keyVaultProperties"] = new JsonObject { ["keyVaultUri"] = "https://kv.vault.azure.net/" },
                },
            }
            : new() { ["userOwnedStorage"] = new JsonArray(new JsonObject { ["resourceId"] = Storage("st") }) });
        var accepted = await RestoreAsync("a", "rg");
        Assert.Equal(HttpStatusCode.Created, accepted.Status);
        var operation = (await GetAsync(accepted.Headers["azure-asyncoperation"])).Body!;
        Assert.Equal("Failed", (string?)operation["status"]);
        Assert.Equal("InvalidResourceProperties", (string?)operation["error"]!["code"]);
        Assert.Contains(lacks == "vault" ? "kv.vault" : Storage("st"), (string?)operation["error"]!["message"],
            StringComparison.Ordinal);
        Assert.True(State.HasDeletedAccount("a", "rg"));
        Assert.False(State.HasAccount("a", "rg"));

        State.AddKeyVault("kv", "rg");
        State.AddStorageAccount("st", "rg");
        await RestoreAsync("a", "rg");
        Assert.True(State.HasAccount("a", "rg"));
    }

    private string Storage(string name) => $"{Group("rg")}/providers/Microsoft.Storage/storageAccounts/{name}";

    private string Network(string name) => $"{Group("rg")}/providers/Microsoft.Network/virtualNetworks/{name}";
}
