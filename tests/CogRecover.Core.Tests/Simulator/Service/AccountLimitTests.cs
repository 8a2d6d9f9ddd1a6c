using System.Net;

namespace CogRecover.Core.Tests.Simulator.Service;

/// <summary>The free account of a kind, quota, and subdomains.</summary>
public sealed class AccountLimitTests : SimulatorTest
{
    private const string Free = """{"location":"eastus","kind":"Face","sku":{"name":"F0"}}""";

    private const string OpenAI = """{"location":"East US","kind":"OpenAI","sku":{"name":"S0"}}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_subscription_has_one_free_account_of_a_kind_live_or_deleted(bool isDeleted)
    {
        if (isDeleted) State.AddDeletedAccount("first", "other", "westus", "Face", "F0");
        else State.AddAccount("first", "other", "westus", "Face", "F0");
        State.AddDeletedAccount("a", "rg", kind: "Face", sku: "F0");
        foreach (var refused in new[] { await RestoreAsync("a", "rg"), await PutAsync(Account("b", "rg"), Free) })
        {
            Assert.Equal(
                (HttpStatusCode.BadRequest, "CanNotCreateMultipleFreeAccounts"), (refused.Status, refused.Code));
            Assert.Equal(
                "Operation failed. Only one free account is allowed for account type 'Face'.", refused.Message);
        }

        Assert.True(State.HasDeletedAccount("a", "rg"));
        if (!isDeleted) await DeleteAsync(Account("first", "other"));
        await DeleteAsync(Deleted("first", "other", "westus"));
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("a", "rg")).Status);
    }

    [Fact]
    public async Task Another_kind_another_tier_and_another_subscription_have_their_own()
    {
        State.AddDeletedAccount("a", "rg", kind: "Face", sku: "F0");
        State.AddAccount("paid", "rg", kind: "Face");
        State.AddAccount("speech", "rg", kind: "SpeechServices", sku: "F0");
        State.AddSubscription("11111111-2222-3333-4444-555555555555", "Other");
        State.AddAccount(
            "other", "rg", kind: "Face", sku: "F0", subscriptionId: "11111111-2222-3333-4444-555555555555");
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("a", "rg")).Status);
        var changed = await SendAsync(HttpMethod.Patch, Account("paid", "rg"), """{"sku":{"name":"F0"}}""");
        Assert.Equal("CanNotCreateMultipleFreeAccounts", changed.Code);
        Assert.Equal(HttpStatusCode.OK,
            (await SendAsync(HttpMethod.Patch, Account("a", "rg"), """{"tags":{"x":"y"}}""")).Status);
    }

    [Fact]
    public async Task Deleted_accounts_of_the_kind_and_region_hold_quota_until_they_are_purged()
    {
        State.SetQuota("openai", "eastus", 2);
        State.AddDeletedAccount("a", "rg", "East US");
        State.AddDeletedAccount("b", "rg");
        State.AddAccount("c", "rg");
        State.AddDeletedAccount("far", "rg", "westus");
        foreach (var refused in new[] { await RestoreAsync("a", "rg"), await PutAsync(Account("new", "rg"), OpenAI) })
        {
            Assert.Equal((HttpStatusCode.BadRequest, "InsufficientQuota"), (refused.Status, refused.Code));
            Assert.StartsWith("Insufficient quota. Cannot create/update/move resource '", refused.Message,
                StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("far", "rg", "westus")).Status);
        await DeleteAsync(Deleted("b", "rg"));
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("a", "rg")).Status);
    }

    [Fact]
    public async Task An_account_uses_the_capacity_of_its_deployments()
    {
        State.SetQuota("OpenAI", "eastus", 50);
        State.AddAccount("big", "rg");
        State.AddDeployment("big", "rg", "chat", capacity: 30);
        State.AddDeployment("big", "rg", "embed", capacity: 20);
        Assert.Equal("InsufficientQuota", (await PutAsync(Account("new", "rg"), OpenAI)).Code);
        await DeleteAsync(Account("big", "rg"));
        Assert.Equal("InsufficientQuota", (await PutAsync(Account("new", "rg"), OpenAI)).Code);
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("big", "rg")).Status);
    }

    [Fact]
    public async Task A_subdomain_is_free_or_the_check_says_why_not()
    {
        State.AddAccount("live", "rg", configure: account => account.CustomSubDomainName = "one");
        State.AddDeletedAccount("gone", "rg", configure: account => account.CustomSubDomainName = "two");
        foreach (var name in new[] { "ONE", "two" })
        {
            var taken = (await CheckAsync(name)).Body!;
            Assert.Equal((false, name), ((bool)taken["isSubdomainAvailable"]!, (string?)taken["subdomainName"]));
            Assert.Equal($"Sub domain name '{name}' is already used. Please pick a different name.",
                (string?)taken["reason"]);
        }

        var free = (await CheckAsync("three")).Body!;
        Assert.Equal((true, "", ""),
            ((bool)free["isSubdomainAvailable"]!, (string?)free["reason"], (string?)free["type"]));
        State.Permissions = [new(["*"], ["Microsoft.CognitiveServices/checkDomainAvailability/action"])];
        Assert.Equal("AuthorizationFailed", (await CheckAsync("three")).Code);
    }

    private Task<Answer> CheckAsync(string name) => SendAsync(
        HttpMethod.Post, Subscription + "/providers/Microsoft.CognitiveServices/checkDomainAvailability",
        $$"""{"subdomainName":"{{name}}","type":"Microsoft.CognitiveServices/accounts"}""");
}
