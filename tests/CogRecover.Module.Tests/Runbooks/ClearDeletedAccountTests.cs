using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

public sealed class ClearDeletedAccountTests : RunbookTest
{
    private protected override string Runbook => "Clear-DeletedAccount";

    [Fact]
    public void Without_a_filter_that_narrows_nothing_is_even_asked()
    {
        GivenDeleted("contoso");
        (string arguments, string says)[] given =
        [
            ("", "No filter is given"),
            ("-ResourceGroupName '', ' ' -Tag '' -Kind ''", "No filter is given"),
            ("-SubscriptionId 5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f -MaximumCount 1", "No filter is given"),
            ("-ResourceGroupName *", "-ResourceGroupName '*' matches everything"),
            ("-ResourceGroupName rg-test, ?*", "-ResourceGroupName '?*' matches everything"),
            ("-ResourceGroupName '[a-z]*'", "-ResourceGroupName '[a-z]*' matches everything"),
            ("-ResourceGroupName *-*", "-ResourceGroupName '*-*' matches everything"),
            ("-Tag *=*", "-Tag '*=*' matches everything"),
            ("-Tag env=test -Kind **", "-Kind '**' matches everything"),
            ("-Kind Face -MaximumCount 0", "-MaximumCount is 0"),
            ("-MinimumAgeHours 48", "-MinimumAgeHours is 48"),
            ("-MinimumAgeHours -1", "-MinimumAgeHours is -1"),
            ("-MinimumAgeHours 0.4 -Kind OpenAI", "-MinimumAgeHours is 0.4. It must be a whole number from 0 to 47"),
            ("-MinimumAgeHours NaN -Kind OpenAI", "-MinimumAgeHours is NaN"),
        ];

        Assert.All(given, one =>
        {
            (string arguments, string says) = one;
            ShellResult result = Run(arguments);

            AssertFailed(result, says);
            Assert.Empty(result.Output);
        });
        Assert.Empty(Arm.Requests);
    }

    [Theory]
    [InlineData("-ResourceGroupName rg-pr-*, rg-*-test", "face-test openai-pr openai-test")]
    [InlineData("-Tag env=test", "openai-test")]
    [InlineData("-Tag env", "openai-prod openai-test")]
    [InlineData("-Kind Face", "face-test")]
    [InlineData("-MinimumAgeHours 24", "openai-pr")]
    [InlineData("-ResourceGroupName rg-*-test -Kind OpenAI -Tag env=*", "openai-test")]
    [InlineData("-ResourceGroupName rg-nowhere", "")]
    public void Only_what_every_filter_matches_is_purged(string filters, string purged)
    {
        GivenOneOfEach();

        ShellResult result = Run(filters).ThrowIfFailed();

        string[] names = purged.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(names, Named(result, "Purged"));
        Assert.Equal(names, Writes.Select(write => write.Path.Split('/')[^1]).Order(StringComparer.Ordinal));
        Assert.All(Writes, write => Assert.Equal("DELETE", write.Method));
        Assert.Equal(4 - names.Length, Arm.State.DeletedAccounts.Count);
        AssertSummary(result, $"IsRehearsal=False Matched={names.Length} Purged={names.Length} Failed=0 NotListed=0");
        Assert.Empty(Shell.Ui.Progress);
    }

    [Fact]
    public void More_than_the_cap_fails_the_job_and_none_is_purged()
    {
        GivenDeleted("one", "two", "three");

        ShellResult result = Run("-ResourceGroupName rg-ai -MaximumCount 2");

        AssertFailed(result, "match 3 accounts", "-MaximumCount is 2. ", "Nothing was purged");
        Assert.Equal(["one", "three", "two"], Named(result, "NotPurged"));
        Assert.All(Facts(result, "NotPurged"), fact => Assert.Equal(
            "The filters match 3 accounts, and -MaximumCount is 2.", fact.Properties["Reason"].Value));
        AssertSummary(result, "Matched=3 Purged=0");
        Assert.Empty(Writes);
    }

    [Fact]
    public void More_than_the_cap_hides_no_subscription_that_failed()
    {
        GivenDeleted("one", "two", "three");
        GivenForbiddenSubscription();

        ShellResult result = Run("-ResourceGroupName rg-* -MaximumCount 2");

        AssertFailed(result, "match 3 accounts", "Nothing was purged", "1 failed", OtherSubscription);
        Assert.Empty(Writes);
    }

    [Fact]
    public void As_many_as_the_cap_are_purged()
    {
        GivenDeleted("one", "two", "three");

        AssertSummary(Run("-ResourceGroupName rg-ai -MaximumCount 3").ThrowIfFailed(), "Matched=3 Purged=3");
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-ReportOnly $true")]
    public void A_rehearsal_names_what_would_be_purged_and_purges_nothing(string rehearsal)
    {
        GivenOneOfEach();

        ShellResult result = Run($"-Tag env=test {rehearsal}").ThrowIfFailed();

        Assert.Equal(["openai-test"], Named(result, "WouldPurge"));
        AssertSummary(result, "IsRehearsal=True Matched=1 Purged=0 WouldPurge=1");
        Assert.Empty(Writes);
    }

    [Fact]
    public void Many_are_purged_though_Azure_throttles()
    {
        for (int i = 0; i < 40; i++) Arm.State.AddDeletedAccount($"account-{i}", "rg-test");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 429, Code = "SubscriptionRequestsThrottled", Method = "DELETE", Skip = 20,
            Times = 3, RetryAfter = "1",
        });

        AssertSummary(Run("-ResourceGroupName rg-test -MaximumCount 500").ThrowIfFailed(), "Matched=40 Purged=40");
        Assert.Empty(Arm.State.DeletedAccounts);
    }

    [Fact]
    public void One_that_fails_stops_no_other_and_the_job_fails_and_names_it()
    {
        GivenDeleted("contoso-bad", "contoso-good");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 400, Code = "BadRequest", Method = "DELETE", Path = "contoso-bad",
        });

        ShellResult result = Run("-ResourceGroupName rg-ai");

        Assert.Equal(["contoso-good"], Named(result, "Purged"));
        Assert.Equal(["contoso-bad"], Named(result, "Failed"));
        AssertSummary(result, "Matched=2 Purged=1 Failed=1");
        AssertFailed(result, "1 failed, 1 purged. ", "contoso-bad");
    }

    [Fact]
    public void A_forbidden_subscription_fails_the_job_once_the_others_are_done()
    {
        GivenDeleted("contoso");
        GivenForbiddenSubscription();

        ShellResult result = Run("-ResourceGroupName rg-*");

        Assert.Equal(["contoso"], Named(result, "Purged"));
        AssertFailed(result, OtherSubscription);
        Assert.True(Arm.State.HasDeletedAccount("contoso-hidden", "rg-other", OtherSubscription));
    }

    [Fact]
    public void A_role_that_may_not_purge_fails_the_job_and_nothing_is_gone()
    {
        GivenDeleted("contoso");
        const string purge = "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete";
        Arm.State.Permissions = [new(["*"], [purge])];

        ShellResult result = Run("-ResourceGroupName rg-ai");

        AssertFailed(result, "contoso", purge);
        Assert.Equal("AuthorizationFailed", Assert.Single(Facts(result, "Failed")).Properties["ErrorId"].Value);
        Assert.Single(Arm.State.DeletedAccounts);
    }

    [Fact]
    public void Without_an_identity_the_job_fails_and_nothing_is_asked()
    {
        GivenDeleted("contoso");
        Arm.Identity.HasSystemAssigned = false;

        AssertFailed(Run("-ResourceGroupName rg-ai"), "couldn't sign in", "-ClientId");
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void An_account_that_somebody_restores_meanwhile_is_left_and_said()
    {
        GivenDeleted("contoso");
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "DELETE") return false;
            Arm.Intercept = null;
            using var client = new HttpClient { BaseAddress = Arm.Endpoint };
            client.DefaultRequestHeaders.Authorization = new("Bearer", "another");
            using var body = new StringContent(
                """{"location":"westus2","properties":{"restore":true}}""", null, "application/json");
            using var answer = await client.PutAsync(LiveId("contoso") + "?api-version=2025-06-01", body);
            answer.EnsureSuccessStatusCode();
            return false;
        };

        ShellResult result = Run("-ResourceGroupName rg-ai").ThrowIfFailed();

        Assert.Equal(["contoso"], Named(result, "NotPurged"));
        AssertSummary(result, "Matched=1 Purged=0 Failed=0");
        Assert.Contains("it is live", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    private void GivenOneOfEach()
    {
        Arm.State.AddDeletedAccount("openai-prod", "rg-prod", configure: Tagged("env", "prod"));
        Arm.State.AddDeletedAccount("openai-test", "rg-web-test", configure: Tagged("env", "test"));
        Arm.State.AddDeletedAccount("face-test", "rg-web-test", kind: "Face");
        Arm.State.AddDeletedAccount("openai-pr", "rg-pr-17", deletionDate: DateTimeOffset.UtcNow.AddHours(-25));
    }
}
