using System.Text.Json.Nodes;
using CogRecover.Core.References;
using CogRecover.Core.Tests.Simulator;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Core.Tests.Accounts;

/// <summary>The engine against what Azure Resource Manager itself answered once.</summary>
public sealed class RecordedAnswersTests : EngineTest
{
    [Fact]
    public async Task The_recorded_session_is_read_restored_and_purged()
    {
        JsonArray session = Recorded.Read("soft-delete-session.json").AsArray();
        var remaining = new Queue<JsonNode>(
            session.Skip(4).Where(step => !IsSecondDelete(step)).Select(step => step!));
        Arm.Intercept = async context =>
        {
            JsonNode step = remaining.Dequeue();
            Assert.Equal(Normalized((string)step["request"]!["path"]!),
                Normalized(context.Request.Path + context.Request.QueryString));
            Assert.Equal((string)step["request"]!["method"]!, context.Request.Method);
            await AnswerAsync(context, step["response"]!);
            return true;
        };

        JsonNode was = session[4]!["response"]!["body"]!;
        var reference = AccountReference.Parse((string)was["id"]!);
        DeletedCognitiveAccount deleted = await Recovery.Finder.FindAsync(reference, Cancellation);
        CognitiveAccount live = (await Recovery.RestoreAsync(
            deleted, Timeout, cancellationToken: Cancellation)).Account;
        await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation);

        Assert.Equal((string)was["kind"]!, deleted.Kind);
        Assert.Equal((string)was["sku"]!["name"]!, deleted.Sku);
        Assert.Equal("centraluseuap", deleted.Location);
        Assert.Equal((DateTime)was["properties"]!["deletionDate"]!, deleted.DeletionDate);
        Assert.Null(deleted.CustomSubDomainName);
        Assert.Equal("Succeeded", live.ProvisioningState);
        Assert.Equal((string)was["name"]!, live.Name);

        // The last recorded request is for the Location of the purge, which has no result to fetch.
        Assert.Equal("operationResultResponseType=Location",
            ((string)Assert.Single(remaining)["request"]!["path"]!).Split('&')[^1]);
    }

    [Fact]
    public async Task The_recorded_list_is_read_whole()
    {
        JsonArray items = Recorded.Read("deleted-accounts-list.json")["value"]!.AsArray();
        Arm.Intercept = async context =>
        {
            await WriteAsync(context, 200, $$"""{"value":{{items.ToJsonString()}}}""");
            return true;
        };

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

    private async Task AnswerAsync(HttpContext context, JsonNode response)
    {
        context.Response.StatusCode = (int)response["status"]!;
        foreach ((string name, JsonNode? value) in response["headers"]!.AsObject())
            context.Response.Headers[name] =
                ((string)value!).Replace("https://management.azure.com/", Arm.Endpoint.ToString());
        if (response["body"] is { } body) await context.Response.WriteAsync(body.ToJsonString(), Cancellation);
    }
}
