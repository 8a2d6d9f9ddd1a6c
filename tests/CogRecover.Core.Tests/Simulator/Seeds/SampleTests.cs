using System.Net;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Simulator.Seeds;

public sealed class SampleTests : SimulatorTest
{
    protected override SimulatedArmOptions Options => new() { Clock = Clock };

    [Fact]
    public async Task Fifteen_accounts_of_realistic_size_are_listed()
    {
        var listed = (await GetAsync(DeletedAccounts)).Body!["value"]!.AsArray();
        Assert.Equal(15, listed.Count);
        var sizes = listed.ToLookup(one => (string)one!["kind"]!, one => one!.ToJsonString().Length);
        Assert.InRange(sizes["Face"].Single(), 2_500, 4_000);
        Assert.InRange(sizes["FormRecognizer"].Single(), 9_000, 12_000);
        Assert.InRange(sizes["AIServices"].Single(), 19_000, 25_000);
    }

    [Fact]
    public void The_names_are_short_enough_for_a_table() =>
        Assert.All(State.DeletedAccounts, deleted => Assert.InRange(deleted.Name.Length, 8, 22));

    [Fact]
    public async Task The_group_of_one_is_gone()
    {
        var refused = await RestoreAsync("contoso-vision", "rg-retired");
        Assert.Equal((HttpStatusCode.NotFound, "ResourceGroupNotFound"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("contoso-openai-prod", "rg-ai-prod", 46 * 60)]
    [InlineData("contoso-face-kiosk", "rg-stores", 40)]
    public void What_is_left_is_known(string name, string group, int minutes)
    {
        var deleted = State.DeletedAccounts.Single(one => one.Name == name && one.ResourceGroupName == group);
        Assert.Equal(minutes, (int)(deleted.ScheduledPurgeDate - Clock.GetUtcNow()).TotalMinutes);
    }

    [Theory]
    [InlineData("contoso-forms", "rg-finance", "West Europe", null)]
    [InlineData("contoso-callcenter", "rg-callcenter", "UK South", null)]
    [InlineData("contoso-ai-hub", "rg-ai-prod", "eastus2", null)]
    [InlineData("contoso-contracts", "rg-legal", "westeurope", "kv-contoso-legal")]
    [InlineData("contoso-dictation", "rg-callcenter", "uksouth", "stcontosodictation")]
    [InlineData("contoso-intranet", "rg-web-prod", "francecentral", null)]
    public async Task What_an_account_needs_is_there_or_its_restore_fails(
        string name, string group, string location, string? lacks)
    {
        var restored = await RestoreAsync(name, group, location);
        Assert.Equal(HttpStatusCode.Created, restored.Status);
        Assert.Equal(lacks is null, State.HasAccount(name, group));
        if (lacks is null) return;
        var operation = (await GetAsync(restored.Headers["azure-asyncoperation"])).Body!;
        Assert.Contains(lacks, (string)operation["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contoso-ai-hub", HttpStatusCode.OK)]
    [InlineData("contoso-intranet", HttpStatusCode.NotFound)]
    public async Task The_subnets_of_one_are_there_and_of_another_gone(string name, HttpStatusCode expected)
    {
        var properties = State.DeletedAccounts.Single(one => one.Name == name).Account.Properties!;
        foreach (var rule in properties["networkAcls"]!["virtualNetworkRules"]!.AsArray())
            Assert.Equal(expected, (await GetAsync((string)rule!["id"]!)).Status);
    }

    [Fact]
    public async Task A_group_is_there_to_be_deleted_whole()
    {
        const string group = "rg-contoso-factory";
        var accounts = State.Accounts.Where(one => one.ResourceGroupName == group).ToList();
        Assert.Equal(["AIServices", "OpenAI", "SpeechServices"], accounts.Select(one => one.Kind).Order());
        var openAI = accounts.Single(one => one.Kind == "OpenAI");
        Assert.Contains("kv-contoso-factory", openAI.Properties!.ToJsonString(), StringComparison.Ordinal);
        var vault = State.Resources.Single(one => one.Name == "kv-contoso-factory");
        Assert.True(vault.UsesRbac);
        var role = State.RoleAssignments.Single(one => one.Scope == vault.Id);
        Assert.Equal((string?)openAI.Identity!["principalId"], role.PrincipalId);
        Assert.EndsWith("/e147488a-f6f5-4113-8e2d-b22465e65bf6", role.RoleDefinitionId, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync(Group(group))).Status);
        var deleted = State.DeletedAccounts.Where(one => one.ResourceGroupName == group).ToList();
        Assert.Equal(accounts.Select(one => one.Name), deleted.Select(one => one.Name));
        var foundry = deleted.Single(one => one.Account.Kind == "AIServices").Account.Properties!;
        Assert.Equal("assembly", (string?)foundry["defaultProject"]);
        Assert.Equal(2, foundry["associatedProjects"]!.AsArray().Count);
        Assert.Contains(State.DeletedStorageAccounts, one => one.Name == "stcontosofactory");
        Assert.All(deleted, one => Assert.InRange(one.Name.Length, 8, 22));
    }

    [Fact]
    public async Task The_vault_of_one_is_among_the_deleted_vaults_and_who_deleted_each_account_is_known()
    {
        Assert.Equal(["kv-contoso-legal"],
            (await GetAsync(Subscription + "/providers/Microsoft.KeyVault/deletedVaults")).Names);
        var events = (await GetAsync($"{Subscription}/providers/Microsoft.Insights/eventtypes/management/values" +
            "?api-version=2015-04-01&$filter=eventTimestamp ge '2026-03-12T09:00:00Z'")).Body!["value"]!.AsArray();
        var deletedBy = events.Where(one => (string?)one!["status"]!["value"] == "Succeeded")
            .ToDictionary(one => (string)one!["resourceId"]!, one => (string)one!["caller"]!);
        Assert.Equal(
            State.DeletedAccounts.Select(deleted => deleted.Account.Id).Order(), deletedBy.Keys.Order());
        Assert.Contains(deletedBy.Values, by => by.Contains('@', StringComparison.Ordinal));
        Assert.Contains(deletedBy.Values, by => Guid.TryParse(by, out _));
    }
}
