using System.Net;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Simulator.Service;

/// <summary>A resource group whose deletion takes time.</summary>
public sealed class GroupDeletionTests : SimulatorTest
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(2);

    protected override SimulatedArmOptions Options => base.Options with { GroupDeletionTime = Duration };

    private string Events => $"{Subscription}/providers/Microsoft.Insights/eventtypes/management/values" +
        "?api-version=2015-04-01&$filter=eventTimestamp ge '2026-03-14T09:00:00Z' and resourceGroupName eq 'rg'";

    [Fact]
    public async Task What_is_in_it_goes_at_once_and_the_group_is_Deleting_until_it_is_gone()
    {
        State.AddAccount("a", "rg");
        State.AddKeyVault("kv", "rg");
        State.AddSubnet("vnet", "one", "rg");
        var accepted = await DeleteAsync(Group("rg"));
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.True(State.HasDeletedAccount("a", "rg"));
        Assert.Equal(["kv"], State.DeletedKeyVaults.Select(vault => vault.Name));
        Assert.Empty(State.Resources);
        var group = await GetAsync(Group("rg"));
        Assert.Equal((HttpStatusCode.OK, "Deleting"),
            (group.Status, (string?)group.Body!["properties"]!["provisioningState"]));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Head, Group("rg"))).Status);
        var poll = await GetAsync(accepted.Headers["Location"]);
        Assert.Equal((HttpStatusCode.Accepted, accepted.Headers["Location"]), (poll.Status, poll.Headers["Location"]));

        Clock.Advance(Duration);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(accepted.Headers["Location"])).Status);
        Assert.Equal("ResourceGroupNotFound", (await GetAsync(Group("rg"))).Code);
        Assert.True(State.HasDeletedAccount("a", "rg"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/providers/Microsoft.CognitiveServices/accounts/a")]
    [InlineData("/providers/Microsoft.KeyVault/vaults/kv")]
    public async Task Meanwhile_no_write_into_it_is_taken(string resource)
    {
        State.AddDeletedAccount("a", "rg");
        State.AddDeletedKeyVault("kv", "rg");
        Assert.True(State.BeginGroupDeletion("rg", Duration));
        const string body =
            """{"location":"eastus","properties":{"restore":true,"createMode":"recover"}}""";
        var refused = await PutAsync(Group("RG") + resource, body);
        Assert.Equal((HttpStatusCode.Conflict, "ResourceGroupBeingDeleted"), (refused.Status, refused.Code));
        Assert.Equal(
            "The resource group 'rg' is in deprovisioning state and cannot perform this operation.", refused.Message);

        Clock.Advance(Duration);
        Assert.False(State.HasResourceGroup("rg"));
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(Group("rg"), body)).Status);
        if (resource.Length == 0) return;
        var taken = await PutAsync(Group("rg") + resource, body);
        Assert.InRange(taken.Status, HttpStatusCode.OK, HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_purge_and_a_read_go_on_meanwhile()
    {
        State.AddDeletedAccount("a", "rg");
        Assert.True(State.BeginGroupDeletion("rg", Duration));
        Assert.False(State.BeginGroupDeletion("rg", Duration));
        Assert.Equal("ResourceNotFound", (await GetAsync(Account("a", "rg"))).Code);
        Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync(Deleted("a", "rg"))).Status);
    }

    [Fact]
    public async Task Who_deletes_it_again_follows_the_same_deletion()
    {
        State.AddResourceGroup("rg");
        var first = await DeleteAsync(Group("rg"));
        Clock.Advance(Duration / 2);
        var second = await DeleteAsync(Group("rg"));
        Assert.Equal(first.Headers["Location"], second.Headers["Location"]);
        Clock.Advance(Duration / 2);
        Assert.Equal("ResourceGroupNotFound", (await DeleteAsync(Group("rg"))).Code);
    }

    [Fact]
    public async Task The_Activity_Log_has_the_groups_deletion_and_one_for_each_account()
    {
        State.AddAccount("a", "rg");
        await DeleteAsync(Group("rg"));
        Clock.Advance(Duration);
        Assert.Equal([Account("a", "rg"), Group("rg")], await DeletedAsync("Succeeded"));
        Assert.Equal([Account("a", "rg"), Group("rg")], await DeletedAsync("Started"));
    }

    private async Task<string[]> DeletedAsync(string status) =>
        [.. (await GetAsync(Events)).Body!["value"]!.AsArray()
            .Where(one => (string?)one!["status"]!["value"] == status && (string?)one["caller"] == "admin@contoso.com")
            .Select(one => (string)one!["resourceId"]!).Order(StringComparer.Ordinal).Reverse()];

    public sealed class Unlogged : SimulatorTest
    {
        protected override SimulatedArmOptions Options => base.Options with { LogsGroupDeletionOnly = true };

        [Fact]
        public async Task The_Activity_Log_can_have_the_groups_deletion_alone()
        {
            State.AddAccount("a", "rg");
            await DeleteAsync(Group("rg"));
            var events = (await GetAsync($"{Subscription}/providers/Microsoft.Insights/eventtypes/management/values" +
                "?api-version=2015-04-01&$filter=eventTimestamp ge '2026-03-14T09:00:00Z'")).Body!["value"]!.AsArray();
            Assert.Equal(["Succeeded", "Started"], events.Select(one => (string?)one!["status"]!["value"]));
            Assert.All(events, one => Assert.Equal(Group("rg"), (string?)one!["resourceId"]));
            Assert.True(State.HasDeletedAccount("a", "rg"));
        }
    }
}
