using System.Text.Json.Nodes;
using CogRecover.Core.Accounts;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Accounts;

/// <summary>What a list says of Foundry accounts, in whatever shape.</summary>
public sealed class FoundryAccountTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    [Theory]
    [InlineData("""{"defaultProject":"b","associatedProjects":["a","b","c"]}""", "b a c")]
    [InlineData("""{"associatedProjects":["a","A","b"]}""", "a b")]
    [InlineData("""{"defaultProject":"only"}""", "only")]
    [InlineData("""{"defaultProject":"/subscriptions/s/accounts/x/projects/b","associatedProjects":["b"]}""", "b")]
    [InlineData("""{"defaultProject":"","associatedProjects":["",null,7,{"name":"a"},["b"],"c"]}""", "c")]
    [InlineData("""{"defaultProject":{"name":"a"},"associatedProjects":"b"}""", "")]
    [InlineData("""{"defaultProject":null,"associatedProjects":null}""", "")]
    [InlineData("""{"associatedProjects":[]}""", "")]
    [InlineData("{}", "")]
    public async Task Projects_are_named_once_the_default_one_first(string properties, string projects) =>
        Assert.Equal(Words(projects), (await ReadAsync(properties)).Projects);

    [Theory]
    [InlineData("""[{"properties":{"privateEndpoint":{"id":"/pe/1"}},"name":"c1"}]""", "/pe/1")]
    [InlineData("""[{"properties":{"privateEndpoint":null},"name":"c1"},{"id":"/c/2"}]""", "c1 /c/2")]
    [InlineData("""[{"properties":[],"name":7},"text",null,{}]""", "")]
    [InlineData("""{"privateEndpoint":{"id":"/pe/1"}}""", "")]
    [InlineData("null", "")]
    public async Task Private_endpoints_are_read_from_what_their_connections_say(string connections, string endpoints) =>
        Assert.Equal(Words(endpoints),
            (await ReadAsync($$"""{"privateEndpointConnections":{{connections}}}""")).PrivateEndpoints);

    [Theory]
    [InlineData("""[{"scenario":"agent","subnetArmId":"/s/a","useMicrosoftManagedNetwork":false}]""", "/s/a")]
    [InlineData("""[{"subnetArmId":"/s/a"},{"subnetArmId":"/s/b"}]""", "/s/a /s/b")]
    [InlineData("""[{"scenario":"agent","subnetArmId":"","useMicrosoftManagedNetwork":true}]""", "")]
    [InlineData("""[{"subnetArmId":null},{},null,"text",{"subnetArmId":7}]""", "")]
    [InlineData("""{"subnetArmId":"/s/a"}""", "")]
    [InlineData("\"text\"", "")]
    [InlineData("null", "")]
    public async Task The_subnets_of_agents_are_those_that_an_injection_names(string injections, string subnets)
    {
        DeletedCognitiveAccount account = await ReadAsync($$"""{"networkInjections":{{injections}}}""");

        Assert.Equal(Words(subnets), AccountHoldings.AgentSubnets(account));
        Assert.Equal(Words(subnets), account.Subnets);
    }

    [Fact]
    public async Task A_subnet_of_agents_that_a_network_rule_lets_in_is_listed_once_after_the_other_rules()
    {
        DeletedCognitiveAccount account = await ReadAsync("""
            {"networkAcls":{"virtualNetworkRules":[{"id":"/s/A"},{"id":"/s/rule"}]},
             "networkInjections":[{"subnetArmId":"/s/a"},{"subnetArmId":"/s/b"}]}
            """);

        Assert.Equal(["/s/A", "/s/rule", "/s/b"], account.Subnets);
        Assert.Equal(["/s/a", "/s/b"], AccountHoldings.AgentSubnets(account));
    }

    private static string[] Words(string text) => text.Split([' '], StringSplitOptions.RemoveEmptyEntries);

    private async Task<DeletedCognitiveAccount> ReadAsync(string properties)
    {
        await Arm.AddDeletedAccountAsync("contoso", "rg-ai", kind: "AIServices");
        var edit = new Fault { Kind = FaultKind.Edit };
        foreach (KeyValuePair<string, JsonNode?> property in JsonNode.Parse(properties)!.AsObject())
            edit.Edits[$"/value/*/properties/{property.Key}"] = property.Value?.DeepClone();
        await Arm.SetFaultsAsync(edit);
        return Assert.Single(await ListAsync());
    }
}
