using System.Text.Json.Nodes;
using CogRecover.Core.Tests.Simulator;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Core.Tests.Engine;

/// <summary>The engine against what Azure Resource Manager itself answered once.</summary>
public sealed class RecordedAnswersTests : EngineTest
{
    private const string ZeroSubscription = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public async Task The_recorded_session_is_read_restored_and_purged()
    {
        var remaining = new Queue<JsonNode>(Recorded.Read("soft-delete-session.json").AsArray().Skip(4)
            .Where(step => !IsSecondDelete(step)).Select(step => step!));
        Arm.Intercept = async context =>
        {
            JsonNode step = remaining.Dequeue();
            Assert.Equal(Normalized((string)step["request"]!["path"]!),
                Normalized(context.Request.Path + context.Request.QueryString));
            Assert.Equal((string)step["request"]!["method"]!, context.Request.Method);
            await AnswerAsync(context, step["response"]!);
            return true;
        };

        var reference = AccountReference.Create(
            ZeroSubscription, "pstestrg8090", "Central US EUAP", "csapstestrg8090");
        DeletedCognitiveAccount deleted = await Recovery.FindDeletedAsync(reference, Cancellation);
        CognitiveAccount live = (await Recovery.RestoreAsync(
            deleted, Timeout, cancellationToken: Cancellation)).Account;
        await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation);

        Assert.Equal("TextAnalytics", deleted.Kind);
        Assert.Equal("S2", deleted.Sku);
        Assert.Equal("centraluseuap", deleted.Location);
        Assert.Equal(new DateTime(2023, 6, 19, 6, 33, 7, DateTimeKind.Utc).AddTicks(721922), deleted.DeletionDate);
        Assert.Null(deleted.CustomSubDomainName);
        Assert.Equal("Succeeded", live.ProvisioningState);
        Assert.Equal("csapstestrg8090", live.Name);

        // The last recorded request is for the Location of the purge, which has no result to fetch.
        Assert.Equal("operationResultResponseType=Location",
            ((string)Assert.Single(remaining)["request"]!["path"]!).Split('&')[^1]);
    }

    [Fact]
    public async Task The_recorded_list_is_read_whole()
    {
        string list = Recorded.Read("deleted-accounts-list.json").ToJsonString();
        Arm.Intercept = async context =>
        {
            await ListTests.WriteAsync(context, 200, list);
            return true;
        };

        DeletedCognitiveAccount[] accounts =
            [.. (await ListAsync()).OrderBy(account => account.Name, StringComparer.Ordinal)];

        Assert.Equal(["csapstestrg9485", "pe-dns-debug1", "pe-dns-debug2", "pe-dns-debug3"],
            accounts.Select(account => account.Name));
        Assert.Equal(["pstestrg9485", "angli", "angli", "angli"],
            accounts.Select(account => account.ResourceGroupName));
        Assert.Equal(["westus2", "eastus2euap", "eastus2euap", "eastus2euap"],
            accounts.Select(account => account.Location));
        Assert.Equal(["SystemAssigned", null, null, null], accounts.Select(account => account.Identity?.Type));
        Assert.Equal([0, 1, 0, 1], accounts.Select(account => account.Subnets.Count));
        Assert.All(accounts, account =>
            Assert.Equal(TimeSpan.FromHours(48), account.ScheduledPurgeDate - account.DeletionDate));
        Assert.All(accounts, account => Assert.Equal(account.Name, account.CustomSubDomainName));
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
