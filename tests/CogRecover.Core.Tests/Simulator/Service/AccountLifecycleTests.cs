using System.Net;
using System.Text.Json.Nodes;

namespace CogRecover.Core.Tests.Simulator.Service;

public sealed class AccountLifecycleTests : SimulatorTest
{
    private const string Face = """{"location":"East US","kind":"Face","sku":{"name":"S0"},"properties":{}}""";

    [Fact]
    public async Task A_created_account_lives_at_once_and_succeeds_with_its_operation()
    {
        State.AddResourceGroup("rg");
        var created = await PutAsync(Account("a", "rg"), Face);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("Creating", (string?)created.Body!["properties"]!["provisioningState"]);
        Assert.Equal("Succeeded", (string?)(await GetAsync(created.Headers["azure-asyncoperation"])).Body!["status"]);
        var live = await GetAsync(Account("a", "rg"));
        Assert.Equal("Succeeded", (string?)live.Body!["properties"]!["provisioningState"]);
        Assert.Equal("East US", (string?)live.Body["location"]);
    }

    [Fact]
    public async Task A_soft_deleted_name_is_taken_until_it_is_purged()
    {
        State.AddAccount("a", "rg", kind: "Face");
        var deleted = await DeleteAsync(Account("a", "rg"));
        Assert.Equal(HttpStatusCode.OK, deleted.Status);
        Assert.Null(deleted.Body);
        var refused = await PutAsync(Account("A", "RG"), Face);
        Assert.Equal((HttpStatusCode.Conflict, "FlagMustBeSetForRestore"), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync(Deleted("a", "rg"))).Status);
        Assert.False(State.HasDeletedAccount("a", "rg"));
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(Account("a", "rg"), Face)).Status);
    }

    [Fact]
    public async Task A_restored_account_has_what_it_had()
    {
        State.AddResourceGroup("rg");
        const string body = """
            {"location":"eastus","kind":"OpenAI","sku":{"name":"S0"},"tags":{"env":"prod"},
             "identity":{"type":"SystemAssigned"},
             "properties":{"customSubDomainName":"mine","networkAcls":{"defaultAction":"Deny"},
               "publicNetworkAccess":"Disabled"}}
            """;
        var created = await PutAsync(Account("a", "rg"), body);
        var keys = await SendAsync(HttpMethod.Post, Account("a", "rg") + "/listKeys");
        await DeleteAsync(Account("a", "rg"));
        var restored = await RestoreAsync("a", "rg", "EAST US");
        Assert.Equal(HttpStatusCode.Created, restored.Status);
        Assert.False(restored.Headers.ContainsKey("azure-asyncoperation"));
        foreach (var part in new[] { "id", "location", "kind", "sku", "tags", "identity" })
            Assert.True(JsonNode.DeepEquals(created.Body![part], restored.Body![part]), part);
        var properties = restored.Body!["properties"]!.DeepClone().AsObject();
        properties["provisioningState"] = "Creating";
        Assert.True(JsonNode.DeepEquals(created.Body!["properties"], properties));
        Assert.Equal("Disabled", (string?)properties["publicNetworkAccess"]);
        var keysAfter = await SendAsync(HttpMethod.Post, Account("a", "rg") + "/listKeys");
        Assert.True(JsonNode.DeepEquals(keys.Body, keysAfter.Body));
        Assert.True(State.HasAccount("a", "rg"));
        Assert.False(State.HasDeletedAccount("a", "rg"));
    }

    [Fact]
    public async Task Restore_without_its_group_is_refused_and_works_once_the_group_is_back()
    {
        State.AddDeletedAccount("a", "rg");
        State.RemoveResourceGroup("rg");
        var refused = await RestoreAsync("a", "rg");
        Assert.Equal((HttpStatusCode.NotFound, "ResourceGroupNotFound"), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(Group("rg"), """{"location":"westus"}""")).Status);
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("a", "rg")).Status);
    }

    [Fact]
    public async Task What_is_not_deleted_there_cannot_be_restored()
    {
        State.AddAccount("live", "rg");
        State.AddDeletedAccount("elsewhere", "rg", "westus");
        foreach (var name in new[] { "live", "elsewhere", "never" })
        {
            var refused = await RestoreAsync(name, "rg");
            Assert.Equal(HttpStatusCode.NotFound, refused.Status);
            Assert.Equal("CanNotRestoreANonExistingResource", refused.Code);
            Assert.Contains($"'{Account(name, "rg")}'", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_account_is_gone_48_hours_after_its_deletion()
    {
        State.AddDeletedAccount("a", "rg");
        Clock.Advance(TimeSpan.FromHours(48) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Deleted("a", "rg"))).Status);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(Deleted("a", "rg"))).Status);
        Assert.Empty((await GetAsync(DeletedAccounts)).Names);
        Assert.Equal("CanNotRestoreANonExistingResource", (await RestoreAsync("a", "rg")).Code);
    }

    [Fact]
    public async Task A_restore_in_time_outlives_the_scheduled_purge()
    {
        State.AddDeletedAccount("a", "rg");
        Clock.Advance(TimeSpan.FromHours(1));
        await RestoreAsync("a", "rg");
        await DeleteAsync(Account("a", "rg"));
        Clock.Advance(TimeSpan.FromHours(47.5));
        Assert.True(State.HasDeletedAccount("a", "rg"));
    }

    [Theory]
    [InlineData("West US 2")]
    [InlineData("westus2")]
    [InlineData("WESTUS2")]
    public async Task Any_spelling_of_the_location_finds_it_and_the_creators_spelling_comes_back(string spelling)
    {
        State.AddDeletedAccount("a", "rg", "West US 2");
        var found = await GetAsync(Deleted("A", "RG", spelling));
        Assert.Equal("West US 2", (string?)found.Body!["location"]);
        Assert.Equal(Deleted("a", "rg", "West US 2"), (string?)found.Body["id"]);
    }

    [Fact]
    public async Task A_subdomain_is_taken_by_live_and_deleted_accounts_alike()
    {
        State.AddAccount("live", "rg", configure: account => account.CustomSubDomainName = "one");
        State.AddDeletedAccount("gone", "rg", configure: account => account.CustomSubDomainName = "two");
        foreach (var name in new[] { "ONE", "two" })
        {
            var refused = await PutAsync(Account("new", "rg"), $$$"""
                {"location":"eastus","kind":"OpenAI","sku":{"name":"S0"},
                 "properties":{"customSubDomainName":"{{{name}}}"}}
                """);
            Assert.Equal((HttpStatusCode.Conflict, "CustomDomainInUse"), (refused.Status, refused.Code));
        }
    }

    [Fact]
    public async Task Deleting_a_group_soft_deletes_its_accounts()
    {
        State.AddAccount("a", "rg");
        State.AddAccount("b", "other");
        var accepted = await DeleteAsync(Group("rg"));
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(accepted.Headers["Location"])).Status);
        Assert.False(State.HasResourceGroup("rg"));
        Assert.True(State.HasDeletedAccount("a", "rg"));
        Assert.True(State.HasAccount("b", "other"));
    }

    [Fact]
    public async Task Purging_nothing_is_204()
    {
        State.AddDeletedAccount("a", "rg", "westus");
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Deleted("b", "rg", "westus"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Deleted("a", "rg", "eastus"))).Status);
        Assert.True(State.HasDeletedAccount("a", "rg"));
    }

    [Fact]
    public async Task A_patch_replaces_tags_and_keeps_the_rest()
    {
        State.AddAccount("a", "rg", configure: account =>
            account.Properties = new() { ["networkAcls"] = new JsonObject() });
        var patched = await SendAsync(HttpMethod.Patch, Account("a", "rg"), """{"tags":{"x":"y"}}""");
        Assert.Equal("y", (string?)patched.Body!["tags"]!["x"]);
        Assert.NotNull(patched.Body["properties"]!["networkAcls"]);
        Assert.Equal(patched.Headers["ETag"], (string?)patched.Body["etag"]);
    }
}
