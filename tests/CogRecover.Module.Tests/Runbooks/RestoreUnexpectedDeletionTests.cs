using System.Management.Automation;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

public sealed class RestoreUnexpectedDeletionTests : RunbookTest
{
    private const string ClientId = "9f1c3c54-6d0e-4b57-8d0b-5b0c8f9f0a11";

    private protected override string Runbook => "Restore-UnexpectedDeletion";

    [Fact]
    public void All_is_restored_but_what_a_tag_a_person_or_its_age_excludes()
    {
        GivenOneOfEach();

        ShellResult result = Run(
            "-ExcludeTag 'lifecycle=ret*' -ExcludeDeletedBy 'teardown@*' -MaximumAgeHours 24").ThrowIfFailed();

        Assert.Equal(["contoso-prod"], Named(result, "Restored"));
        Assert.Equal(["contoso-old", "contoso-retired", "contoso-torn"], Named(result, "Excluded"));
        Assert.Equal([LiveId("contoso-prod")], Writes.Select(write => write.Path));
        Assert.Equal(
            ["-ExcludeDeletedBy excludes teardown@contoso.com.", "It has an excluded tag.",
                "It was deleted more than 24 hours ago."],
            Facts(result, "Excluded").Select(fact => (string)fact.Properties["Reason"].Value).Order());
        AssertSummary(result, "IsRehearsal=False Found=4 Excluded=3 Restored=1 Failed=0 NotListed=0");
        AssertSummary(result, "DeletedByUnknown=0");
        Assert.Null(Assert.Single(Facts(result, "Restored")).Properties["Reason"]);
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Progress);
        Assert.Empty(Shell.Ui.Progress);
    }

    [Theory]
    [InlineData("0A1B2C3D-0000-4000-8000-000000000001", "account-1")]
    [InlineData("id-pipe*", "account-2")]
    [InlineData("0a1b2c3d-0000-4000-8000-000000000002", "account-2")]
    [InlineData("managed identity id-pipeline (0a1b2c3d-0000-4000-8000-000000000002)", "account-2")]
    public void An_application_is_excluded_by_its_id_and_a_managed_identity_by_its_name_too(
        string person, string excluded)
    {
        DateTimeOffset deleted = DateTimeOffset.UtcNow.AddHours(-2);
        Arm.State.AddDeletedAccount("account-1", "rg-ai", deletionDate: deleted,
            deletedBy: "0a1b2c3d-0000-4000-8000-000000000001");
        Arm.State.AddDeletedAccount("account-2", "rg-ai", deletionDate: deleted);
        Arm.State.AddActivityEvent(LiveId("account-2"), "Microsoft.CognitiveServices/accounts/delete", "Succeeded",
            "0a1b2c3d-0000-4000-8000-000000000002", deleted,
            identityId: $"/subscriptions/{Subscription}/resourcegroups/rg-ci/providers/"
                + "Microsoft.ManagedIdentity/userAssignedIdentities/id-pipeline");

        ShellResult result = Run($"-ExcludeDeletedBy '{person}'").ThrowIfFailed();

        Assert.Equal([excluded], Named(result, "Excluded"));
        Assert.Single(Named(result, "Restored"));
    }

    [Fact]
    public void Where_nothing_could_be_listed_a_rehearsal_claims_no_number()
    {
        GivenDeleted("contoso");
        Arm.State.Permissions = [];

        ShellResult result = Run("-ReportOnly $true");

        AssertSummary(result, "Found= WouldRestore= WouldFail= NotListed=1");
    }

    [Fact]
    public void Where_nothing_is_deleted_a_summary_says_so_and_nothing_is_sent()
    {
        AssertSummary(Run().ThrowIfFailed(), "Found=0 Excluded=0 Restored=0 Failed=0");

        Assert.Empty(Writes);
    }

    [Fact]
    public void Many_are_restored_over_all_subscriptions_though_Azure_throttles()
    {
        Arm.State.AddSubscription(OtherSubscription, "Other");
        for (int i = 0; i < 60; i++)
            Arm.State.AddDeletedAccount($"account-{i}", "rg", subscriptionId: i % 2 == 0 ? null : OtherSubscription);
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 429, Code = "SubscriptionRequestsThrottled", Method = "PUT", Skip = 20,
            Times = 3, RetryAfter = "1",
        });

        ShellResult result = Run().ThrowIfFailed();

        AssertSummary(result, "Found=60 Restored=60 Failed=0");
        Assert.Equal(60, Arm.State.Accounts.Count);
        Assert.Equal([3], Arm.Faults.Strikes);
    }

    [Fact]
    public void A_forbidden_subscription_fails_the_job_once_the_others_are_done()
    {
        GivenDeleted("contoso");
        GivenForbiddenSubscription();

        ShellResult result = Run();

        Assert.Equal(["contoso"], Named(result, "Restored"));
        Assert.Equal("AuthorizationFailed", Assert.Single(Facts(result, "NotListed")).Properties["ErrorId"].Value);
        AssertSummary(result, "Restored=1 NotListed=1");
        AssertFailed(result, "1 failed, 1 restored. ", OtherSubscription);
    }

    [Fact]
    public void A_group_that_is_gone_is_created_unless_that_is_switched_off()
    {
        GivenDeletedWithoutGroup("contoso-vision");

        ShellResult without = Run("-CreateResourceGroup $false");

        Assert.Empty(Writes);
        Assert.Equal("ResourceGroupNotFound",
            Assert.Single(Facts(without, "Failed")).Properties["ErrorId"].Value);
        AssertFailed(without, "contoso-vision", "rg-retired");
        Assert.Equal(["contoso-vision"], Named(Run().ThrowIfFailed(), "Restored"));
        Assert.True(Arm.State.HasResourceGroup("rg-retired"));
    }

    [Fact]
    public void One_that_fails_stops_no_other_and_the_job_fails_and_names_it()
    {
        GivenDeleted("contoso-bad", "contoso-good");
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 400, Code = "BadRequest", Method = "PUT", Path = "contoso-bad",
        });

        ShellResult result = Run();

        Assert.Equal(["contoso-good"], Named(result, "Restored"));
        Assert.Equal(["contoso-bad"], Named(result, "Failed"));
        AssertSummary(result, "Restored=1 Failed=1");
        AssertFailed(result, "1 failed, 1 restored. ", "contoso-bad");
    }

    [Fact]
    public void Of_many_that_fail_the_error_names_ten_and_the_facts_all()
    {
        for (int i = 0; i < 12; i++) Arm.State.AddDeletedAccount($"account-{i}", "rg-ai");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 400, Code = "BadRequest", Method = "PUT" });

        ShellResult result = Run();

        Assert.Equal(12, Facts(result, "Failed").Length);
        AssertFailed(result, "12 failed, 0 restored. ", "And 2 more.");
        Assert.Equal(10, result.TerminatedBy!.Message.Split("Account 'account-").Length - 1);
    }

    [Fact]
    public void Where_nobody_knows_who_deleted_it_an_account_is_restored_and_a_warning_says_so()
    {
        GivenDeleted("contoso");

        ShellResult result = Run("-ExcludeDeletedBy teardown@contoso.com").ThrowIfFailed();

        Assert.Equal(["contoso"], Named(result, "Restored"));
        Assert.Equal("It isn't known who deleted it.",
            Assert.Single(Facts(result, "Restored")).Properties["Reason"].Value);
        AssertSummary(result, "Restored=1 DeletedByUnknown=1");
        Assert.Contains(result.Warnings, warning => warning.StartsWith(
            "-ExcludeDeletedBy can't exclude 1 of the accounts, such as 'contoso'", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nobody_knows_who_deleted_it_an_account_is_left_if_that_is_asked_for()
    {
        GivenDeleted("contoso");

        ShellResult result = Run("-ExcludeDeletedBy teardown@contoso.com -LeaveUnknown $true").ThrowIfFailed();

        Assert.Equal(["contoso"], Named(result, "Excluded"));
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-ReportOnly $true")]
    public void A_rehearsal_says_of_each_whether_it_would_be_restored_and_sends_no_write(string rehearsal)
    {
        GivenDeleted("contoso-good");
        GivenDeletedWithoutGroup("contoso-groupless");
        string storage = $"/subscriptions/{Subscription}/resourceGroups/rg-ai/providers/Microsoft.Storage"
            + "/storageAccounts/stgone";
        Arm.State.AddDeletedAccount("contoso-storeless", "rg-ai", configure: account => account.Properties = new()
        {
            ["userOwnedStorage"] = new JsonArray(new JsonObject { ["resourceId"] = storage }),
        });

        ShellResult result = Run(rehearsal).ThrowIfFailed();

        Assert.Equal(["contoso-good", "contoso-groupless"], Named(result, "WouldRestore"));
        PSObject failing = Assert.Single(Facts(result, "WouldFail"));
        Assert.Equal("contoso-storeless", failing.Properties["Name"].Value);
        Assert.Contains("stgone", (string)failing.Properties["Reason"].Value, StringComparison.Ordinal);
        AssertSummary(result, "IsRehearsal=True Restored=0 WouldRestore=2 WouldFail=1");
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_group_that_went_with_all_in_it_comes_back_in_one_run_and_the_facts_say_what_doesnt()
    {
        GivenWholeGroup();

        ShellResult result = Run("-RestoreDependency $true").ThrowIfFailed();

        Assert.Equal(["contoso-keyed", "contoso-speech"], Named(result, "Restored"));
        Assert.Equal(
            ["Created resource group 'rg-ai' in location 'eastus'. Its former tags aren't known any more.",
                "Recovered key vault 'kv-contoso' in resource group 'rg-ai', location 'eastus'.",
                "Recovered storage account 'stcontoso' in resource group 'rg-ai', location 'eastus'."],
            Facts(result, "BroughtBack").Select(fact => (string)fact.Properties["Reason"].Value).Order());
        PSObject warning = Assert.Single(Facts(result, "Warning"));
        Assert.Equal("contoso-keyed", warning.Properties["Name"].Value);
        Assert.Contains("has no role at key vault 'kv-contoso'", (string)warning.Properties["Reason"].Value,
            StringComparison.Ordinal);
        Assert.Single(result.Warnings, said => said.Equals(warning.Properties["Reason"].Value));
        AssertSummary(result, "Restored=2 Failed=0 BroughtBack=3 Warnings=1");
    }

    [Fact]
    public void Without_that_parameter_nothing_of_it_comes_back()
    {
        GivenWholeGroup();

        ShellResult result = Run();

        Assert.Equal(["contoso-keyed", "contoso-speech"], Named(result, "Failed"));
        Assert.All(Facts(result, "Failed"), fact =>
        {
            Assert.Contains("Add -RestoreDependency", (string)fact.Properties["Recommendation"].Value,
                StringComparison.Ordinal);
            Assert.StartsWith($"Set-AzContext -Subscription '{Subscription}'; New-AzResourceGroup -Name 'rg-ai' ", (string)fact.Properties["NextCommand"].Value,
                StringComparison.Ordinal);
        });
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("-ReportOnly $true -RestoreDependency $true", "WouldRestore")]
    [InlineData("-WhatIf -RestoreDependency $true -CreateResourceGroup $false", "WouldRestore")]
    [InlineData("-ReportOnly $true", "WouldFail")]
    public void A_rehearsal_of_it_says_what_the_parameters_make_of_it(string arguments, string fact)
    {
        GivenWholeGroup();

        ShellResult result = Run(arguments).ThrowIfFailed();

        Assert.Equal(["contoso-keyed", "contoso-speech"], Named(result, fact));
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("", "WouldRestore")]
    [InlineData("-CreateResourceGroup $false -RestoreDependency $true", "WouldRestore")]
    [InlineData("-CreateResourceGroup $false", "WouldFail")]
    public void A_rehearsal_counts_on_a_group_whose_deletion_ends(string arguments, string fact)
    {
        GivenDeleted("contoso");
        Arm.State.BeginGroupDeletion("rg-ai", TimeSpan.FromHours(1));

        Assert.Equal(["contoso"], Named(Run($"-WhatIf {arguments}").ThrowIfFailed(), fact));
    }

    [Fact]
    public void A_rehearsal_doesnt_count_on_what_cant_be_brought_back()
    {
        GivenVaultAccount("contoso-keyed", "kv-purged");
        GivenStorageAccount("contoso-speech", "stpurged");
        Arm.State.AddDeletedAccount("contoso-global", "rg-global", "global");
        Arm.State.RemoveResourceGroup("rg-global");

        string[] wouldFail = Named(Run("-WhatIf -RestoreDependency $true").ThrowIfFailed(), "WouldFail");
        string[] failed = Named(Run("-RestoreDependency $true"), "Failed");

        Assert.Equal(["contoso-global", "contoso-keyed", "contoso-speech"], wouldFail);
        Assert.Equal(wouldFail, failed);
    }

    [Fact]
    public void A_vault_that_may_be_where_nobody_could_look_is_in_the_way_of_the_parameter_alone()
    {
        GivenVaultAccount("contoso-keyed", "kv-hidden");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 403, Path = "/deletedVaults" });

        string[] wouldFail = Named(Run("-WhatIf -RestoreDependency $true").ThrowIfFailed(), "WouldFail");
        string[] failed = Named(Run("-RestoreDependency $true"), "Failed");
        string[] written = [.. Writes.Select(write => write.Path)];
        Run();

        Assert.Equal(["contoso-keyed"], wouldFail);
        Assert.Equal(["contoso-keyed"], failed);
        Assert.Empty(written);
        Assert.Equal([LiveId("contoso-keyed")], Writes.Select(write => write.Path));
    }

    [Fact]
    public void A_warning_that_two_accounts_of_one_name_may_have_meant_is_a_fact_of_neither()
    {
        foreach (string group in new[] { "rg-ai", "rg-web" })
            Arm.State.AddDeletedAccount("contoso", group, configure: account =>
                account.Properties = new() { ["disableLocalAuth"] = true });

        ShellResult result = Run("-AsJson $true").ThrowIfFailed();

        JsonObject[] warnings = [.. result.Output.Select(line => JsonNode.Parse((string)line.BaseObject)!.AsObject())
            .Where(line => (string?)line["Fact"] == "Warning")];
        Assert.Equal(2, warnings.Length);
        Assert.All(warnings, warning => Assert.False(warning.ContainsKey("Name")));
        Assert.All(warnings, warning => Assert.StartsWith("Account 'contoso' needs some work by hand.",
            (string?)warning["Reason"], StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_identity_the_job_fails_and_says_what_to_switch_on()
    {
        GivenDeleted("contoso");
        Arm.Identity.HasSystemAssigned = false;

        ShellResult result = Run();

        AssertFailed(result, "couldn't sign in to CogRecoverSandbox", "No User Assigned or Delegated", "-ClientId");
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void A_user_assigned_identity_is_named_by_its_client_id()
    {
        GivenDeleted("contoso");
        Arm.Identity.HasSystemAssigned = false;
        Arm.Identity.ClientIds.Add(ClientId);

        Assert.Equal(["contoso"], Named(Run($"-ClientId {ClientId}").ThrowIfFailed(), "Restored"));
    }

    [Fact]
    public void An_identity_without_a_role_fails_the_job_and_sends_no_write()
    {
        GivenDeleted("contoso");
        Arm.State.Permissions = [];

        ShellResult result = Run();

        AssertFailed(result, "deletedAccounts/read", Subscription);
        Assert.Empty(Writes);
    }

    [Fact]
    public void As_JSON_each_fact_is_one_line_with_the_same_members()
    {
        GivenDeleted("contoso");

        ShellResult result = Run("-AsJson $true").ThrowIfFailed();

        JsonObject[] lines = [.. result.Output.Select(line => JsonNode.Parse((string)line.BaseObject)!.AsObject())];
        Assert.Equal(["Restored", "Summary"], lines.Select(line => (string)line["Fact"]!));
        Assert.Equal("contoso", (string?)lines[0]["Name"]);
        Assert.Equal(LiveId("contoso"), (string?)lines[0]["ResourceId"]);
        Assert.Null(lines[0]["DeletedBy"]);
        Assert.Equal(1, (int)lines[1]["Restored"]!);
        Assert.All(result.Output, line => Assert.DoesNotContain('\n', (string)line.BaseObject));
    }

    [Theory]
    [InlineData("'[\"rg-ai\", \"rg-w*\"]'")]
    [InlineData("'rg-ai, rg-w*'")]
    [InlineData("rg-ai, rg-w*")]
    public void A_list_is_taken_as_the_portal_or_a_console_gives_it(string groups)
    {
        GivenDeleted("contoso-ai");
        Arm.State.AddDeletedAccount("contoso-web", "rg-web");
        Arm.State.AddDeletedAccount("contoso-x", "rg-x");

        ShellResult result = Run($"-ResourceGroupName {groups} -ExcludeTag '' -SubscriptionId ''").ThrowIfFailed();

        Assert.Equal(["contoso-ai", "contoso-web"], Named(result, "Restored"));
    }

    private void GivenOneOfEach()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Arm.State.AddDeletedAccount(
            "contoso-prod", "rg-ai", deletionDate: now.AddHours(-2), deletedBy: "dana@contoso.com");
        Arm.State.AddDeletedAccount("contoso-retired", "rg-ai", configure: Tagged("lifecycle", "retired"),
            deletionDate: now.AddHours(-2), deletedBy: "dana@contoso.com");
        Arm.State.AddDeletedAccount(
            "contoso-torn", "rg-ai", deletionDate: now.AddHours(-2), deletedBy: "teardown@contoso.com");
        Arm.State.AddDeletedAccount(
            "contoso-old", "rg-ai", deletionDate: now.AddHours(-30), deletedBy: "dana@contoso.com");
    }
}
