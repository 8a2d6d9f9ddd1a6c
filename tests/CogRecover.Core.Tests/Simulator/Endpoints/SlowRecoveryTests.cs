using System.Net;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Simulator.Endpoints;

/// <summary>Storage accounts and key vaults whose recovery takes time.</summary>
public sealed class SlowRecoveryTests : SimulatorTest
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    protected override SimulatedArmOptions Options =>
        base.Options with { StorageRecoveryTime = Minute, VaultRecoveryTime = Minute };

    private string Storage => $"{Group("rg")}/providers/Microsoft.Storage/storageAccounts/st";

    private string Vault => $"{Group("rg")}/providers/Microsoft.KeyVault/vaults/kv";

    [Fact]
    public async Task Until_a_storage_account_is_recovered_it_resolves_its_names_and_serves_no_account()
    {
        State.AddDeletedStorageAccount("st", "rg", "uksouth");
        State.AddDeletedAccount("a", "rg", configure: account => account.Properties = new()
        {
            ["userOwnedStorage"] = new JsonArray(new JsonObject { ["resourceId"] = Storage }),
        });
        var accepted = await PutAsync(Storage,
            """{"location":"uksouth","properties":{"deletedAccountCreationTime":"2025-12-14T09:26:53Z"}}""");
        Assert.Equal(HttpStatusCode.Accepted, (await GetAsync(accepted.Headers["Location"])).Status);
        Assert.Equal("ResolvingDNS", await StateOfAsync(Storage));
        await RestoreAsync("a", "rg");
        Assert.False(State.HasAccount("a", "rg"));

        Clock.Advance(Minute);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(accepted.Headers["Location"])).Status);
        Assert.Equal("Succeeded", await StateOfAsync(Storage));
        await RestoreAsync("a", "rg");
        Assert.True(State.HasAccount("a", "rg"));
    }

    [Fact]
    public async Task Until_a_vault_is_recovered_it_registers_its_name_and_serves_no_account()
    {
        State.AddDeletedKeyVault("kv", "rg");
        State.AddDeletedAccount("a", "rg", configure: account => account.Properties = new()
        {
            ["encryption"] = new JsonObject
            {
                ["keyVaultProperties"] = new JsonObject { ["keyVaultUri"] = "https://kv.vault.azure.net/" },
            },
        });
        var accepted = await PutAsync(Vault, """{"location":"eastus","properties":{"createMode":"recover"}}""");
        Assert.Equal((HttpStatusCode.OK, "RegisteringDns"),
            (accepted.Status, (string?)accepted.Body!["properties"]!["provisioningState"]));
        Assert.Equal("RegisteringDns", await StateOfAsync(Vault));
        await RestoreAsync("a", "rg");
        Assert.False(State.HasAccount("a", "rg"));

        Clock.Advance(Minute);
        Assert.Equal("Succeeded", await StateOfAsync(Vault));
        await RestoreAsync("a", "rg");
        Assert.True(State.HasAccount("a", "rg"));
    }

    private async Task<string?> StateOfAsync(string id) =>
        (string?)(await GetAsync(id)).Body!["properties"]!["provisioningState"];
}
