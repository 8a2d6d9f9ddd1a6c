using System.Net;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Simulator.Endpoints;

public sealed class ActivityLogTests : SimulatorTest
{
    private const string LastDay = "eventTimestamp ge '2026-03-13T10:00:00Z'";

    private const string Delete = "Microsoft.CognitiveServices/accounts/delete";

    protected override SimulatedArmOptions Options => base.Options with { PageSize = 3, Caller = "sam@contoso.com" };

    [Fact]
    public async Task A_delete_is_logged_as_started_and_succeeded_by_its_caller()
    {
        State.AddAccount("a", "rg");
        await SendAsync(HttpMethod.Delete, Account("a", "rg"), configure: request =>
            request.Headers.Add("x-ms-correlation-request-id", "c0"));
        var events = (await GetAsync(Query(LastDay))).Body!["value"]!.AsArray();
        Assert.Equal(["Succeeded", "Started"], events.Select(one => (string?)one!["status"]!["value"]));
        Assert.All(events, one =>
        {
            Assert.Equal("sam@contoso.com", (string?)one!["caller"]);
            Assert.Equal(Account("a", "rg"), (string?)one["resourceId"]);
            Assert.Equal((Delete, "Delete API Account"),
                ((string?)one["operationName"]!["value"], (string?)one["operationName"]!["localizedValue"]));
            Assert.Equal(("rg", "Microsoft.CognitiveServices", "c0", "Informational"),
                ((string?)one["resourceGroupName"], (string?)one["resourceProviderName"]!["value"],
                    (string?)one["correlationId"], (string?)one["level"]));
            Assert.Equal((Delete, Account("a", "rg")),
                ((string?)one["authorization"]!["action"], (string?)one["authorization"]!["scope"]));
            Assert.Equal("sam@contoso.com",
                (string?)one["claims"]!["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"]);
            Assert.Null(one["claims"]!["xms_mirid"]);
        });
        Assert.Equal("OK", (string?)events[0]!["subStatus"]!["value"]);
        Assert.Equal("2026-03-14T09:26:53.0000000Z", (string?)events[0]!["eventTimestamp"]);
        Assert.Equal(2, events.Select(one => (string?)one!["eventDataId"]).Distinct().Count());
    }

    [Fact]
    public async Task An_account_added_as_deleted_is_logged_only_with_who_deleted_it()
    {
        State.AddDeletedAccount("a", "rg", deletedBy: "dana@contoso.com", deletionDate: Hours(-3));
        State.AddDeletedAccount("b", "rg");
        var events = (await GetAsync(Query(LastDay))).Body!["value"]!.AsArray();
        Assert.Equal([Account("a", "rg"), Account("a", "rg")], events.Select(one => (string?)one!["resourceId"]));
        Assert.Equal("2026-03-14T06:26:53.0000000Z", (string?)events[0]!["eventTimestamp"]);
        Assert.Equal("dana@contoso.com", (string?)events[0]!["caller"]);
    }

    [Fact]
    public async Task Deleting_a_group_logs_each_of_its_accounts()
    {
        State.AddAccount("a", "rg");
        State.AddAccount("b", "rg");
        await DeleteAsync(Group("rg"));
        var events = await AllAsync(LastDay + " and resourceProvider eq 'Microsoft.CognitiveServices'");
        Assert.Equal(2, events.Count(one =>
            (string?)one["status"]!["value"] == "Succeeded" && (string?)one["operationName"]!["value"] == Delete));
        Assert.Equal(6, (await AllAsync(LastDay + " and resourceGroupName eq 'RG'")).Count);
    }

    [Fact]
    public async Task Pages_hold_every_event_once_the_newest_first_even_when_more_happens_meanwhile()
    {
        for (var i = 0; i < 5; i++)
            State.AddDeletedAccount($"a{i}", "rg", deletedBy: "dana@contoso.com", deletionDate: Hours(-10 + i));
        var first = (await GetAsync(Query(LastDay))).Body!;
        var seen = first["value"]!.AsArray().ToList();
        State.AddActivityEvent(Account("new", "rg"), Delete, "Succeeded", "dana@contoso.com");
        for (var next = (string?)first["nextLink"]; next is not null;)
        {
            var page = (await GetAsync(next)).Body!;
            seen.AddRange(page["value"]!.AsArray());
            next = (string?)page["nextLink"];
        }

        var times = seen.Select(one => (string)one!["eventTimestamp"]!).ToList();
        Assert.Equal(10, times.Distinct().Count());
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
    }

    [Theory]
    [InlineData("resourceGroupName eq 'RG-ONE'")]
    [InlineData("resourceUri eq '{id}'")]
    [InlineData("resourceId eq '{id}'")]
    [InlineData("eventChannels eq 'Admin, Operation' and resourceGroupName eq 'rg-one'")]
    [InlineData("eventTimestamp le '2026-03-14T08:00:00Z'")]
    public async Task A_filter_leaves_only_what_it_names(string filter)
    {
        State.AddDeletedAccount("one", "rg-one", deletedBy: "dana@contoso.com", deletionDate: Hours(-4));
        State.AddDeletedAccount("two", "rg-two", deletedBy: "dana@contoso.com", deletionDate: Hours(-1));
        var id = Account("one", "rg-one");
        var events = await AllAsync($"{LastDay} and {filter.Replace("{id}", id, StringComparison.Ordinal)}");
        Assert.Equal([id, id], events.Select(one => (string?)one["resourceId"]));
    }

    [Fact]
    public async Task A_selection_leaves_only_its_properties()
    {
        State.AddDeletedAccount("a", "rg", deletedBy: "dana@contoso.com");
        var page = await GetAsync(Query(LastDay) + "&$select=caller,%20eventTimestamp");
        Assert.All(page.Body!["value"]!.AsArray(), one =>
            Assert.Equal(["caller", "eventTimestamp"], one!.AsObject().Select(property => property.Key)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("resourceGroupName eq 'rg'")]
    [InlineData("eventTimestamp ge 'yesterday'")]
    [InlineData("eventTimestamp ge '2025-12-01T00:00:00Z'")]
    [InlineData("eventTimestamp ge '2026-03-13T00:00:00Z' and eventTimestamp le '2026-07-01T00:00:00Z'")]
    [InlineData("eventTimestamp ge '2026-03-13T00:00:00Z' and startswith(caller, 'a')")]
    [InlineData("eventTimestamp ge '2026-03-13T00:00:00Z' and operationName eq 'x'")]
    [InlineData("eventTimestamp ge '2026-03-13T00:00:00Z' or resourceGroupName eq 'x'")]
    [InlineData("eventTimestamp ge '2026-03-13T00:00:00Z' and resourceGroupName eq 'x' and resourceProvider eq 'y'")]
    public async Task A_filter_of_another_form_or_over_more_than_90_days_is_400(string filter)
    {
        var refused = await GetAsync(Query(filter));
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"), (refused.Status, (string?)refused.Body!["code"]));
        Assert.NotEmpty((string)refused.Body["message"]!);
    }

    private DateTimeOffset Hours(int hours) => Clock.GetUtcNow().AddHours(hours);

    private string Query(string filter) =>
        $"{Subscription}/providers/microsoft.insights/eventtypes/management/values?api-version=2015-04-01" +
        $"&$filter={Uri.EscapeDataString(filter)}";

    private async Task<List<JsonNode>> AllAsync(string filter)
    {
        List<JsonNode> all = [];
        for (var next = Query(filter); next is not null;)
        {
            var page = (await GetAsync(next)).Body!;
            all.AddRange(page["value"]!.AsArray()!);
            next = (string?)page["nextLink"];
        }

        return all;
    }
}
