using System.Net;

namespace CogRecover.Core.Tests.Simulator.Endpoints;

/// <summary>Storage accounts, and how deleted ones come back.</summary>
public sealed class StorageTests : SimulatorTest
{
    private const string Created = "2025-12-14T09:26:53.0000000Z";

    private string DeletedStorage => Subscription + "/providers/Microsoft.Storage/deletedAccounts";

    private string Single => Subscription + "/providers/Microsoft.Storage/locations/uksouth/deletedAccounts/st";

    [Fact]
    public async Task A_deleted_storage_account_is_listed_as_the_specification_has_it()
    {
        State.AddDeletedStorageAccount("st", "rg", "UK South");
        State.AddSubscription("11111111-2222-3333-4444-555555555555", "Other");
        State.AddDeletedStorageAccount("other", "rg", subscriptionId: "11111111-2222-3333-4444-555555555555");
        var listed = (await GetAsync(DeletedStorage)).Body!["value"]!.AsArray();
        var one = Assert.Single(listed)!;
        Assert.Equal((Single, "st", "Microsoft.Storage/deletedAccounts"),
            ((string?)one["id"], (string?)one["name"], (string?)one["type"]));
        var properties = one["properties"]!;
        Assert.Equal((Storage("st"), "uksouth", "st|" + Created),
            ((string?)properties["storageAccountResourceId"], (string?)properties["location"],
                (string?)properties["restoreReference"]));
        Assert.Equal((Created, "2026-03-14T09:26:53.0000000Z"),
            ((string?)properties["creationTime"], (string?)properties["deletionTime"]));
        Assert.Equal(one.ToJsonString(), (await GetAsync(Single)).Body!.ToJsonString());
    }

    [Fact]
    public async Task It_is_kept_for_14_days()
    {
        State.AddStorageAccount("st", "rg");
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(Storage("st"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Storage("st"))).Status);
        Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        Assert.Equal(["st"], (await GetAsync(DeletedStorage)).Names);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty((await GetAsync(DeletedStorage)).Names);
    }

    [Fact]
    public async Task A_recovery_is_accepted_and_brings_the_account_back_as_it_was()
    {
        State.AddResourceGroup("rg");
        await PutAsync(Storage("st"), """{"location":"UK South","tags":{"x":"y"}}""");
        var before = (await GetAsync(Storage("st"))).Body!.ToJsonString();
        Clock.Advance(TimeSpan.FromDays(1));
        await DeleteAsync(Group("rg"));
        Assert.Equal("ResourceGroupNotFound", (await RecoverAsync("2026-03-14T09:26:53Z")).Code);
        await PutAsync(Group("rg"), """{"location":"eastus"}""");
        var accepted = await RecoverAsync("2026-03-14T09:26:53Z");
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        var polled = await GetAsync(accepted.Headers["Location"]);
        Assert.Equal((HttpStatusCode.OK, before), (polled.Status, polled.Body!.ToJsonString()));
        Assert.Equal(before, (await GetAsync(Storage("st"))).Body!.ToJsonString());
        Assert.Empty((await GetAsync(DeletedStorage)).Names);
    }

    [Fact]
    public async Task Only_what_was_deleted_there_and_created_then_is_recovered()
    {
        State.AddDeletedStorageAccount("st", "rg", "uksouth");
        State.AddResourceGroup("other");
        Assert.Equal("DeletedAccountNotFound", (await RecoverAsync("2025-12-14T09:26:54Z")).Code);
        Assert.Equal("DeletedAccountNotFound", (await RecoverAsync(Created, "other")).Code);
        Assert.True(State.PurgeStorageAccount("st"));
        Assert.Equal("DeletedAccountNotFound", (await RecoverAsync(Created)).Code);
    }

    [Fact]
    public async Task A_name_is_taken_by_a_live_account_and_free_where_one_is_deleted()
    {
        State.AddDeletedStorageAccount("st", "rg");
        State.AddResourceGroup("other");
        var created = await PutAsync(Storage("ST", "other"), """{"location":"westus"}""");
        Assert.Equal(HttpStatusCode.Accepted, created.Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(created.Headers["Location"])).Status);
        Assert.Empty(State.DeletedStorageAccounts);
        var refused = await RecoverAsync(Created);
        Assert.Equal((HttpStatusCode.Conflict, "StorageAccountAlreadyTaken"), (refused.Status, refused.Code));
        Assert.Equal("The storage account named st is already taken.", refused.Message);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(Storage("st", "other"), """{"location":"westus"}""")).Status);
    }

    [Fact]
    public async Task The_list_needs_deletedAccounts_read_and_the_recovery_storageAccounts_write()
    {
        State.AddDeletedStorageAccount("st", "rg", "uksouth");
        State.Permissions = [new(["*/read", "Microsoft.Storage/*"], ["Microsoft.Storage/storageAccounts/write"])];
        var refused = await RecoverAsync(Created);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("'Microsoft.Storage/storageAccounts/write'", refused.Message, StringComparison.Ordinal);
        State.Permissions = [new(["*"], ["Microsoft.Storage/deletedAccounts/read"])];
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(DeletedStorage)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await RecoverAsync(Created)).Status);
    }

    private Task<Answer> RecoverAsync(string created, string group = "rg") => PutAsync(Storage("st", group),
        $$$"""{"location":"uksouth","properties":{"deletedAccountCreationTime":"{{{created}}}"}}""");

    private string Storage(string name, string group = "rg") =>
        $"{Group(group)}/providers/Microsoft.Storage/storageAccounts/{name}";
}
