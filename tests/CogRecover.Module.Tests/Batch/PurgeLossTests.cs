using System.Text.Json.Nodes;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

/// <summary>What a Foundry account takes with it when it is purged.</summary>
public sealed class PurgeLossTests : ModuleTest
{
    [Theory]
    [InlineData(1, "Foundry project 'p1'")]
    [InlineData(3, "3 Foundry projects ('p1', 'p2' and 'p3')")]
    [InlineData(30, "30 Foundry projects ('p1', 'p2', 'p3' and 27 more)")]
    public void The_question_and_WhatIf_name_the_projects_that_are_lost(int count, string projects)
    {
        Given(new()
        {
            ["defaultProject"] = "p1",
            ["associatedProjects"] = new JsonArray([.. Enumerable.Range(1, count).Select(i => (JsonNode)$"p{i}")]),
        });
        string expected = $"Its keys, endpoint, model deployments, data and {projects} are lost for good; the account "
            + "can't be restored any more. Its name and model quota become free for others.";

        Assert.EndsWith(expected + " Purge it?", Question(), StringComparison.Ordinal);
        Assert.Contains(expected, WhatIf(), StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Fact]
    public void The_question_says_how_long_the_purge_leaves_the_agents_subnet_in_use_and_so_does_the_purge()
    {
        Given(Agents("snet-agent"));
        const string link = " The link to its agents' subnet 'snet-agent' is removed 15 to 60 minutes after the purge.";

        Assert.EndsWith($"model quota become free for others.{link} Purge it?", Question(), StringComparison.Ordinal);
        Assert.Contains(link, WhatIf(), StringComparison.Ordinal);
        ShellResult purge = Shell.Run("Remove-DeletedCognitiveAccount contoso -Force").ThrowIfFailed();
        Assert.EndsWith(link, Assert.Single(purge.Information).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_question_names_every_subnet_of_agents()
    {
        Given(Agents("snet-1", "snet-2"));

        Assert.Contains(
            " The links to its agents' subnets 'snet-1' and 'snet-2' are removed 15 to 60 minutes after the purge.", Question(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_subnet_of_the_network_rules_alone_is_no_agents_subnet()
    {
        Given(new()
        {
            ["networkAcls"] = new JsonObject
            {
                ["virtualNetworkRules"] = new JsonArray(new JsonObject { ["id"] = Subnet("snet-rules") }),
            },
            ["networkInjections"] = null,
        });

        Assert.DoesNotContain("subnet", Question(), StringComparison.Ordinal);
    }

    private void Given(JsonObject properties) => Arm.State.AddDeletedAccount(
        "contoso", "rg-ai", kind: "AIServices", configure: account => account.Properties = properties);

    private JsonObject Agents(params string[] subnets) => new()
    {
        ["networkInjections"] = new JsonArray([.. subnets.Select(name => new JsonObject
        {
            ["scenario"] = "agent", ["subnetArmId"] = Subnet(name),
        })]),
    };

    private string Subnet(string name) => $"/subscriptions/{Subscription}/resourceGroups/rg-network/providers/"
        + $"Microsoft.Network/virtualNetworks/vnet/subnets/{name}";

    private string Question()
    {
        string question = "";
        Shell.Ui.Answer = (text, _) =>
        {
            question = text;
            return -1;
        };
        Shell.Run("Remove-DeletedCognitiveAccount contoso").ThrowIfFailed();
        return question;
    }

    // The window breaks lines.
    private string WhatIf()
    {
        Screen.GetStringBuilder().Clear();
        Shell.Run("Remove-DeletedCognitiveAccount contoso -WhatIf").ThrowIfFailed();
        return string.Join(' ', Screen.ToString().Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }
}
