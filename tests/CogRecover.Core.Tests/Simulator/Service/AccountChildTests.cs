using System.Net;
using System.Text.Json.Nodes;

namespace CogRecover.Core.Tests.Simulator.Service;

/// <summary>Projects, model deployments and private endpoints: what a deletion and a restore do to them.</summary>
public sealed class AccountChildTests : SimulatorTest
{
    private const string Foundry = """
        {"location":"eastus","kind":"AIServices","sku":{"name":"S0"},
         "properties":{"customSubDomainName":"mine","allowProjectManagement":true}}
        """;

    private const string Model = """
        {"sku":{"name":"Standard","capacity":30},"properties":{"model":{"format":"OpenAI","name":"gpt-4o"}}}
        """;

    private string Projects => Account("a", "rg") + "/projects";

    private string Deployments => Account("a", "rg") + "/deployments";

    [Fact]
    public async Task A_project_is_made_under_an_account_that_allows_it_and_the_first_is_the_default()
    {
        State.AddAccount("plain", "rg", kind: "AIServices");
        var refused = await PutAsync(Account("plain", "rg") + "/projects/one", """{"location":"eastus"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"), (refused.Status, refused.Code));
        await PutAsync(Account("a", "rg"), Foundry);
        var created = await PutAsync(Projects + "/one", """
            {"location":"eastus","identity":{"type":"SystemAssigned"},"properties":{"displayName":"First"}}
            """);
        Assert.Equal((HttpStatusCode.Created, Projects + "/one"), (created.Status, (string?)created.Body!["id"]));
        var properties = created.Body["properties"]!;
        Assert.Equal((true, "First"), ((bool)properties["isDefault"]!, (string?)properties["displayName"]));
        Assert.Equal("https://mine.services.ai.azure.com/api/projects/one",
            (string?)properties["endpoints"]!["AI Foundry API"]);
        await PutAsync(Projects + "/two", """{"location":"eastus"}""");
        Assert.Equal(["a/one", "a/two"], (await GetAsync(Projects)).Names);
        Assert.False((bool)(await GetAsync(Projects + "/TWO")).Body!["properties"]!["isDefault"]!);
        Assert.Equal(("one", "one,two"), await ListedAsync(Account("a", "rg")));
        Assert.Equal("ResourceNotFound", (await GetAsync(Projects + "/three")).Code);
    }

    [Fact]
    public async Task An_account_with_projects_is_not_deleted_by_itself()
    {
        await FoundryAsync();
        var refused = await DeleteAsync(Account("a", "rg"));
        Assert.Equal((HttpStatusCode.Conflict, "CannotDeleteResource"), (refused.Status, refused.Code));
        Assert.Contains("'Microsoft.CognitiveServices/accounts/a/projects/one, " +
            "Microsoft.CognitiveServices/accounts/a/projects/two'", refused.Message, StringComparison.Ordinal);
        foreach (var name in new[] { "one", "two" })
            Assert.Equal(HttpStatusCode.OK, (await DeleteAsync($"{Projects}/{name}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Projects + "/two")).Status);
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(Account("a", "rg"))).Status);
    }

    [Fact]
    public async Task Projects_and_private_endpoints_stand_in_the_deleted_account_and_do_not_come_back()
    {
        await FoundryAsync();
        await DeleteAsync(Group("rg"));
        Assert.Equal(("one", "one,two"), await ListedAsync(Deleted("a", "rg")));
        Assert.Single((await GetAsync(Deleted("a", "rg")))
            .Body!["properties"]!["privateEndpointConnections"]!.AsArray());

        await PutAsync(Group("rg"), """{"location":"eastus"}""");
        var restored = (await RestoreAsync("a", "rg")).Body!["properties"]!;
        Assert.Equal((null, ""), await ListedAsync(Account("a", "rg")));
        Assert.Empty(restored["privateEndpointConnections"]!.AsArray());
        Assert.True((bool)restored["allowProjectManagement"]!);
        Assert.Empty((await GetAsync(Projects)).Names);
        var again = await PutAsync(Projects + "/one", """{"location":"eastus"}""");
        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.True((bool)again.Body!["properties"]!["isDefault"]!);
    }

    [Fact]
    public async Task Deployments_come_back_with_their_account()
    {
        State.AddAccount("a", "rg");
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(Deployments + "/chat", Model)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(Deployments + "/CHAT", Model)).Status);
        State.AddDeployment("a", "rg", "embed", "text-embedding-3-large");
        var before = (await GetAsync(Deployments)).Body!.ToJsonString();
        await DeleteAsync(Account("a", "rg"));
        Assert.Equal("ResourceNotFound", (await GetAsync(Deployments)).Code);
        await RestoreAsync("a", "rg");
        Assert.Equal(before, (await GetAsync(Deployments)).Body!.ToJsonString());
        Assert.Equal(30, (int)(await GetAsync(Deployments + "/chat")).Body!["sku"]!["capacity"]!);
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(Deployments + "/chat")).Status);
        Assert.Equal(["embed"], (await GetAsync(Deployments)).Names);
    }

    private async Task FoundryAsync()
    {
        State.AddAccount("a", "rg", kind: "AIServices", configure: account => account.Properties = new()
        {
            ["allowProjectManagement"] = true,
            ["privateEndpointConnections"] = new JsonArray(new JsonObject { ["name"] = "pe" }),
        });
        State.AddProject("a", "rg", "one");
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(Projects + "/two", """{"location":"eastus"}""")).Status);
    }

    private async Task<(string? Default, string All)> ListedAsync(string id)
    {
        var properties = (await GetAsync(id)).Body!["properties"]!;
        return ((string?)properties["defaultProject"],
            string.Join(',', properties["associatedProjects"]!.AsArray().Select(one => (string?)one)));
    }
}
