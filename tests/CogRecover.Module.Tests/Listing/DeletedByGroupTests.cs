using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Listing;

/// <summary>Who deleted accounts together with their resource group.</summary>
public sealed class DeletedByGroupTests : ModuleTest
{
    private const string AccountDelete = "Microsoft.CognitiveServices/accounts/delete";
    private const string GroupDelete = "Microsoft.Resources/subscriptions/resourceGroups/delete";

    private static readonly DateTimeOffset Deleted = DateTimeOffset.UtcNow.AddHours(-6);

    private protected override SimulatedArmOptions Options => base.Options with
    {
        LogsGroupDeletionOnly = true, GroupDeletionTime = TimeSpan.FromSeconds(30), Caller = "dana@contoso.com",
    };

    [Fact]
    public async Task While_the_group_is_still_being_deleted_its_deletion_says_who_it_was()
    {
        Arm.State.AddAccount("contoso-1", "rg-ai");
        Arm.State.AddAccount("contoso-2", "rg-ai");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(Arm.Endpoint,
            $"/subscriptions/{Subscription}/resourceGroups/rg-ai?api-version=2021-04-01"));
        request.Headers.Authorization = new("Bearer", "token");
        using HttpResponseMessage deletion = await client.SendAsync(request, TestContext.Current.CancellationToken);
        deletion.EnsureSuccessStatusCode();

        Assert.Equal(["dana@contoso.com", "dana@contoso.com"], DeletedBy());
    }

    [Theory]
    [InlineData(-4, "Started", "dana")]
    [InlineData(-110, "Started", "dana")]
    [InlineData(-130, "Started", null)]
    [InlineData(20, "Started", null)]
    [InlineData(25, "Succeeded", "dana")]
    [InlineData(110, "Succeeded", "dana")]
    [InlineData(130, "Succeeded", null)]
    [InlineData(-20, "Succeeded", null)]
    [InlineData(1, "Failed", null)]
    public void A_group_whose_deletion_was_going_on_within_two_hours_took_its_accounts_with_it(
        int minutes, string status, string? who)
    {
        Given("contoso");
        Log("RG-AI", GroupDelete, status, "dana", minutes);
        Log("rg-other", GroupDelete, "Succeeded", "somebody else", 0);

        Assert.Equal([who ?? ""], DeletedBy());
    }

    [Fact]
    public void A_group_deletion_that_failed_or_had_ended_before_counts_in_all_its_events()
    {
        Given("contoso");
        Log("rg-ai", GroupDelete, "Started", "failed", -3, "1");
        Log("rg-ai", GroupDelete, "Failed", "failed", -2, "1");
        Log("rg-ai", GroupDelete, "Started", "earlier", -40, "2");
        Log("rg-ai", GroupDelete, "Succeeded", "earlier", -30, "2");
        Log("rg-ai", GroupDelete, "Started", "dana", -60, "3");
        Log("rg-ai", GroupDelete, "Succeeded", "dana", 60, "3");

        Assert.Equal(["dana"], DeletedBy());
    }

    [Fact]
    public void A_try_that_failed_and_was_done_again_counts()
    {
        Given("contoso");
        Log("rg-ai", AccountDelete, "Started", "dana", -3, "1", "contoso");
        Log("rg-ai", AccountDelete, "Failed", "dana", -2, "1", "contoso");
        Log("rg-ai", AccountDelete, "Succeeded", "dana", 0, "1", "contoso");

        Assert.Equal(["dana"], DeletedBy());
    }

    [Fact]
    public void An_event_without_a_caller_is_skipped_for_the_nearest_that_has_one()
    {
        Given("contoso");
        Log("rg-ai", AccountDelete, "Succeeded", "", 0, account: "contoso");
        Log("rg-ai", AccountDelete, "Succeeded", "dana", -2, account: "contoso");
        Log("rg-ai", AccountDelete, "Succeeded", "earlier", -20, account: "contoso");
        Log("rg-ai", GroupDelete, "Succeeded", "the group's", 0);

        Assert.Equal(["dana"], DeletedBy());
        Assert.Single(Arm.Requests, IsLog);
    }

    [Fact]
    public void The_accounts_own_deletion_counts_before_that_of_its_group_unless_it_names_nobody()
    {
        Given("contoso-1");
        Given("contoso-2");
        Log("rg-ai", AccountDelete, "Succeeded", "sam", -2, account: "contoso-1");
        Log("rg-ai", AccountDelete, "Succeeded", "", 0, account: "contoso-2");
        Log("rg-ai", GroupDelete, "Succeeded", "dana", 1);

        Assert.Equal(["dana", "sam"], DeletedBy());
    }

    [Fact]
    public void However_many_accounts_a_subscription_has_its_log_is_read_twice_at_most()
    {
        for (int i = 0; i < 30; i++) Given($"contoso-{i}", $"rg-{i}");
        Log("rg-7", GroupDelete, "Succeeded", "dana", 2);

        Assert.Equal("dana", Assert.Single(DeletedBy(), who => who.Length > 0));
        Assert.Equal(2, Arm.Requests.Count(IsLog));
        Assert.All(Arm.Requests.Where(IsLog), request =>
            Assert.Contains("$select=caller", request.RawTarget, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_groups_log_doesnt_show_keeps_what_the_accounts_log_showed()
    {
        Given("contoso-1");
        Given("contoso-2");
        Log("rg-ai", AccountDelete, "Succeeded", "sam", 0, account: "contoso-1");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Path = "eventtypes", Skip = 1,
        });

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount -IncludeDeletedBy").ThrowIfFailed();

        Assert.Equal(["", "sam"], result.Output.Select(account => $"{account.Properties["DeletedBy"].Value}").Order());
        Assert.Contains("The Activity Log doesn't tell who deleted 1 of the accounts", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("AuthorizationFailed", result.Warnings[0], StringComparison.Ordinal);
    }

    private void Given(string name, string group = "rg-ai") =>
        Arm.State.AddDeletedAccount(name, group, deletionDate: Deleted);

    private void Log(
        string group, string operation, string status, string caller, int minutes, string? request = null,
        string? account = null) => Arm.State.AddActivityEvent(
        account is null ? $"/subscriptions/{Subscription}/resourcegroups/{group}" : LiveId(account, group),
        operation, status, caller, Deleted.AddMinutes(minutes), request);

    private string[] DeletedBy() =>
        [.. Shell.Run("Get-DeletedCognitiveAccount -IncludeDeletedBy | ForEach-Object { \"$($_.DeletedBy)\" }")
            .ThrowIfFailed().Output.Select(who => who.ToString()).Order(StringComparer.Ordinal)];

    private static bool IsLog(ArmRequest request) =>
        request.Path.Contains("/eventtypes/management/values", StringComparison.Ordinal);
}
