using System.Text.Json.Nodes;
using CogRecover.Core.References;
using CogRecover.Core.Tests.Simulator;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Accounts;

/// <summary>The engine against what Azure Resource Manager itself answered once.</summary>
public sealed class RecordedAnswersTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    [Fact]
    public async Task The_recorded_session_is_read_restored_and_purged()
    {
        JsonArray session = Recorded.Read("soft-delete-session.json").AsArray();
        JsonNode[] steps = [.. session.Skip(4).Where(step => !IsSecondDelete(step)).Select(step => step!)];
        await Arm.SetFaultsAsync([.. steps.Select(step => Answer(step["response"]!))]);

        JsonNode was = session[4]!["response"]!["body"]!;
        var reference = AccountReference.Parse((string)was["id"]!);
        DeletedCognitiveAccount deleted = await Recovery.Finder.FindAsync(reference, Cancellation);

        // On a slow machine, a purge would look at the account again, and nobody recorded that.
        Recovery.Finder.Sightings.Note(deleted, at: DateTime.UtcNow.AddHours(1));
        CognitiveAccount live = (await RestoreAsync(deleted)).Account;
        await PurgeAsync(deleted);

        Assert.Equal((string)was["kind"]!, deleted.Kind);
        Assert.Equal((string)was["sku"]!["name"]!, deleted.Sku);
        Assert.Equal("centraluseuap", deleted.Location);
        Assert.Equal((DateTime)was["properties"]!["deletionDate"]!, deleted.DeletionDate);
        Assert.Null(deleted.CustomSubDomainName);
        Assert.Equal("Succeeded", live.ProvisioningState);
        Assert.Equal((string)was["name"]!, live.Name);

        // The last recorded request is for the Location of the purge, which has no result to fetch.
        Assert.Equal("operationResultResponseType=Location",
            ((string)steps[^1]["request"]!["path"]!).Split('&')[^1]);
        Assert.Equal(
            steps.Take(steps.Length - 1).Select(step => step["request"]!)
                .Select(request => $"{request["method"]} {Normalized((string)request["path"]!)}"),
            (await Arm.RequestsAsync()).Select(request => $"{request.Method} {Normalized(request.Path)}"));
    }

    [Fact]
    public async Task The_recorded_list_is_read_whole()
    {
        JsonArray items = Recorded.Read("deleted-accounts-list.json")["value"]!.AsArray();
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = 200, Body = $$"""{"value":{{items.ToJsonString()}}}""",
        });

        List<DeletedCognitiveAccount> accounts = await ListAsync();

        Assert.Equal(items.Select(item => (string)item!["name"]!), accounts.Select(account => account.Name));
        Assert.Equal(items.Select(item => ((string)item!["id"]!).Split('/')[8]),
            accounts.Select(account => account.ResourceGroupName));
        Assert.Equal(items.Select(item => Region.Normalize((string)item!["location"]!)),
            accounts.Select(account => account.Location));
        Assert.Equal(items.Select(item => (string)item!["properties"]!["customSubDomainName"]!),
            accounts.Select(account => account.CustomSubDomainName));
        Assert.Equal([0, 1, 0, 1], accounts.Select(account => account.Subnets.Count));
        Assert.Equal(["SystemAssigned", null, null, null], accounts.Select(account => account.Identity?.Type));
        Assert.All(accounts, account =>
            Assert.Equal(TimeSpan.FromHours(48), account.ScheduledPurgeDate - account.DeletionDate));
    }

    // Between restore and purge the account was deleted again, which isn't the engine's to do.
    private static bool IsSecondDelete(JsonNode? step) =>
        (string)step!["request"]!["method"]! == "DELETE"
        && ((string)step["request"]!["path"]!).Contains("/accounts/", StringComparison.Ordinal);

    // The api-version and the spelling of the region are the client's choice.
    private static string Normalized(string pathAndQuery) =>
        Uri.UnescapeDataString(pathAndQuery.Split('?')[0]).Replace(" ", "").ToLowerInvariant();

    private Fault Answer(JsonNode response)
    {
        var answer = new Fault
        {
            Kind = FaultKind.Status, Status = (int)response["status"]!, Times = 1,
            Body = response["body"]?.ToJsonString() ?? "",
        };
        foreach (KeyValuePair<string, JsonNode?> header in response["headers"]!.AsObject())
            answer.Headers[header.Key] =
                ((string)header.Value!).Replace("https://management.azure.com/", Arm.Endpoint.ToString());
        return answer;
    }
}
