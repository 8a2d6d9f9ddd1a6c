using System.Net;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Simulator.Endpoints;

/// <summary>A subnet that agents of a Foundry account are injected into.</summary>
public sealed class SubnetTests : SimulatorTest
{
    private static readonly TimeSpan Release = TimeSpan.FromMinutes(30);

    protected override SimulatedArmOptions Options => base.Options with { SubnetReleaseTime = Release };

    private string Subnet => $"{Group("net")}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/agents";

    [Fact]
    public async Task It_is_in_use_while_its_account_lives_or_is_deleted_and_for_a_time_after_the_purge()
    {
        State.AddSubnet("vnet", "agents", "net");
        State.AddAccount("a", "rg", kind: "AIServices", configure: account => account.Properties = new()
        {
            ["networkInjections"] = new JsonArray(
                new JsonObject { ["scenario"] = "agent", ["subnetArmId"] = Subnet.ToUpperInvariant() }, null),
        });
        await RefusedAsync();
        await DeleteAsync(Account("a", "rg"));
        await RefusedAsync();
        await DeleteAsync(Deleted("a", "rg"));
        Assert.False(State.HasDeletedAccount("a", "rg"));
        Clock.Advance(Release - TimeSpan.FromSeconds(1));
        await RefusedAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(Subnet)).Status);
        Assert.Equal("NotFound", (await GetAsync(Subnet)).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Subnet)).Status);
    }

    [Fact]
    public async Task The_subnets_of_network_rules_and_injections_without_one_hold_nothing()
    {
        State.AddSubnet("vnet", "agents", "net");
        State.AddDeletedAccount("a", "rg", configure: account => account.Properties = new()
        {
            ["networkInjections"] = new JsonArray(new JsonObject { ["subnetArmId"] = "" }),
            ["networkAcls"] = new JsonObject
            {
                ["virtualNetworkRules"] = new JsonArray(new JsonObject { ["id"] = Subnet }),
            },
        });
        State.AddDeletedAccount("b", "rg", configure: account =>
            account.Properties = new() { ["networkInjections"] = null });
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(Subnet)).Status);
    }

    private async Task RefusedAsync()
    {
        var refused = await DeleteAsync(Subnet);
        Assert.Equal((HttpStatusCode.BadRequest, "InUseSubnetCannotBeDeleted"), (refused.Status, refused.Code));
        Assert.Contains(
            $"{Subnet}/serviceAssociationLinks/legionservicelink", refused.Message, StringComparison.Ordinal);
    }
}
