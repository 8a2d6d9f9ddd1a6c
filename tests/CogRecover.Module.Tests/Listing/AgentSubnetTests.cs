using System.Text.Json.Nodes;

namespace CogRecover.Module.Tests.Listing;

/// <summary>Which deleted account keeps a subnet in use.</summary>
public sealed class AgentSubnetTests : ModuleTest
{
    private const string OtherSubscription = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";
    private const string Find =
        "Get-DeletedCognitiveAccount -AllSubscriptions | Where-Object Subnets -like '*snet-agent*'";

    [Fact]
    public void The_account_that_keeps_an_agents_subnet_in_use_is_found_in_whatever_subscription()
    {
        Arm.State.AddSubscription(OtherSubscription, "Other");
        Given("holder", OtherSubscription, Injection("/subscriptions/s/virtualNetworks/vnet/subnets/snet-agent-1"));
        Given("elsewhere", Subscription, Injection("/subscriptions/s/virtualNetworks/vnet/subnets/snet-other"));

        Assert.Equal(["holder"], Names(Shell.Run(Find).ThrowIfFailed()));
    }

    [Fact]
    public void A_network_that_Microsoft_manages_and_none_at_all_are_neither_an_error_nor_a_warning_of_the_test()
    {
        Given("managed", Subscription, Injection(""));
        Given("null", Subscription, null);
        Given("odd", Subscription, new JsonArray(null, "text", new JsonObject { ["subnetArmId"] = null }));

        Assert.Empty(Shell.Run(Find).ThrowIfFailed().Output);
        Assert.Empty(Shell.Run(
            "(Get-DeletedCognitiveAccount | Test-CognitiveAccountRestore).Checks | Where-Object Name -eq Network")
            .ThrowIfFailed().Output);
    }

    [Fact]
    public void The_test_of_an_account_whose_agents_subnet_is_gone_warns_of_it()
    {
        Given("holder", Subscription, Injection(
            $"/subscriptions/{Subscription}/resourceGroups/rg-ai/providers/Microsoft.Network/virtualNetworks/vnet"
            + "/subnets/snet-agent"));

        Assert.Equal(["Network Warning"], Shell.Run("""
            (Get-DeletedCognitiveAccount | Test-CognitiveAccountRestore).Checks | Where-Object Name -eq Network |
                ForEach-Object { "$($_.Name) $($_.Status)" }
            """).ThrowIfFailed().Output.Select(line => line.ToString()));
    }

    private void Given(string name, string subscription, JsonArray? injections) => Arm.State.AddDeletedAccount(
        name, "rg-ai", kind: "AIServices", subscriptionId: subscription,
        configure: account => account.Properties = new() { ["networkInjections"] = injections });

    private static JsonArray Injection(string subnet) =>
        new(new JsonObject { ["scenario"] = "agent", ["subnetArmId"] = subnet });
}
