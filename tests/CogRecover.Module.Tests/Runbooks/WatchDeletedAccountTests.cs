using System.Management.Automation;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

public sealed class WatchDeletedAccountTests : WatchTest
{
    [Fact]
    public void Each_account_is_a_fact_that_says_by_whom_until_when_and_whether_it_can_be_restored()
    {
        GivenOneOfEach();

        ShellResult result = Run("-ExpiringWithinHours 12 -CreateResourceGroup $false").ThrowIfFailed();

        Assert.Equal(["contoso-soon", "contoso-groupless", "contoso-fresh"],
            Facts(result, "Deleted").Select(fact => (string)fact.Properties["Name"].Value));
        PSObject[] facts = Facts(result, "Deleted");
        Assert.Equal("dana@contoso.com", facts[0].Properties["DeletedBy"].Value);
        Assert.InRange((double)facts[0].Properties["HoursLeft"].Value, 7.5, 8.01);
        Assert.Equal([true, false, false], facts.Select(fact => fact.Properties["IsExpiring"].Value));
        Assert.Equal([true, false, true], facts.Select(fact => fact.Properties["CanRestore"].Value));
        Assert.Contains("rg-retired", (string)facts[1].Properties["Obstacle"].Value, StringComparison.Ordinal);
        Assert.Equal([null, "New-AzResourceGroup -Name 'rg-retired' -Location 'eastus'", null],
            facts.Select(fact => fact.Properties["NextCommand"].Value));
        AssertSummary(result, "Deleted=3 Expiring=1 NotRestorable=1 NotTested=0 Subscriptions=1 NotListed=0");
        Assert.Contains(result.Warnings, warning => warning.StartsWith(
            "Azure purges 1 of the deleted accounts within 12 hours: contoso-soon (rg-ai, ", StringComparison.Ordinal));
        Assert.Empty(Writes);
        Assert.Empty(Shell.Ui.Progress);
    }

    [Fact]
    public void As_JSON_each_fact_is_one_line()
    {
        GivenOneOfEach();

        ShellResult result = Run("-AsJson $true").ThrowIfFailed();

        JsonObject[] lines = [.. result.Output.Select(line => JsonNode.Parse((string)line.BaseObject)!.AsObject())];
        Assert.Equal(["Deleted", "Deleted", "Deleted", "Summary"], lines.Select(line => (string)line["Fact"]!));
        Assert.Equal("contoso-soon", (string?)lines[0]["Name"]);
        Assert.Null(lines[2]["Obstacle"]);
        Assert.Equal(3, (int)lines[3]["Deleted"]!);
    }

    [Fact]
    public void Where_nothing_is_deleted_the_facts_and_the_report_say_so()
    {
        AssertSummary(Run($"-ReportPath '{Report}'").ThrowIfFailed(), "Deleted=0 Expiring=0 Subscriptions=0");

        Assert.Contains("Nothing is deleted", File.ReadAllText(Report), StringComparison.Ordinal);
    }

    [Fact]
    public void Hundreds_are_reported()
    {
        for (int i = 0; i < 300; i++) Arm.State.AddDeletedAccount($"account-{i}", "rg-ai");

        AssertSummary(Run($"-ReportPath '{Report}'").ThrowIfFailed(), "Deleted=300 NotTested=0");

        Assert.Equal(300, File.ReadAllText(Report).Split("<tr role=\"row\" class=").Length - 1);
    }

    [Fact]
    public void A_forbidden_subscription_is_said_in_the_report_and_fails_the_job()
    {
        GivenDeleted("contoso");
        GivenForbiddenSubscription();

        ShellResult result = Run($"-ReportPath '{Report}'");

        Assert.Equal(["contoso"], Named(result, "Deleted"));
        AssertSummary(result, "Deleted=1 NotListed=1");
        AssertFailed(result, OtherSubscription);
        PSObject hidden = Assert.Single(Facts(result, "NotListed"));
        Assert.Equal(OtherSubscription, hidden.Properties["SubscriptionId"].Value);
        Assert.Equal("AuthorizationFailed", hidden.Properties["ErrorId"].Value);
        Assert.Equal("Cognitive Services Contributor", hidden.Properties["Role"].Value);
        string report = File.ReadAllText(Report);
        Assert.Contains("<dt>deleted</dt><dd class=\"part\">at least 1</dd>", report, StringComparison.Ordinal);
        Assert.Contains("restored</dt><dd class=\"part\">unknown</dd>", report, StringComparison.Ordinal);
        Assert.Contains("This report is not complete", report, StringComparison.Ordinal);
        Assert.Contains(OtherSubscription, report, StringComparison.Ordinal);
        Assert.Contains("contoso", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_could_be_listed_no_number_is_claimed()
    {
        GivenDeleted("contoso");
        Arm.State.Permissions = [];

        ShellResult result = Run($"-ReportPath '{Report}'");

        AssertSummary(result, "Deleted= Expiring= NotRestorable= Subscriptions= NotListed=1");
        Assert.Null(Summary(result).Properties["Deleted"].Value);
        Assert.DoesNotMatch("<dd[^>]*>0</dd>", File.ReadAllText(Report));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-CreateResourceGroup $false", false)]
    [InlineData("-CreateResourceGroup $false -RestoreDependency $true", true)]
    public void It_says_of_an_account_what_the_restore_with_those_parameters_comes_to(string arguments, bool can)
    {
        GivenDeletedWithoutGroup("contoso");

        PSObject fact = Assert.Single(Facts(Run(arguments).ThrowIfFailed(), "Deleted"));

        Assert.Equal(can, fact.Properties["CanRestore"].Value);
        Assert.Contains("rg-retired", (string)fact.Properties["Obstacle"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Whom_the_Activity_Log_doesnt_name_is_counted_and_said_in_the_report()
    {
        GivenOneOfEach();
        GivenDeleted("contoso-mystery");

        ShellResult result = Run($"-ReportPath '{Report}'").ThrowIfFailed();

        AssertSummary(result, "Deleted=4 DeletedByUnknown=1");
        string report = File.ReadAllText(Report);
        Assert.Contains("This report is not complete", report, StringComparison.Ordinal);
        Assert.Contains("<li>Who deleted 1 of the accounts isn&#39;t known", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_which_everything_is_known_doesnt_say_that_it_isnt_complete()
    {
        GivenOneOfEach();

        AssertSummary(Run($"-ReportPath '{Report}'").ThrowIfFailed(), "DeletedByUnknown=0");

        Assert.DoesNotContain("not complete", File.ReadAllText(Report), StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_have_named_stays_text_in_the_report()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", kind: "<script>alert(1)</script>",
            deletedBy: "\"><img src=x onerror=alert(2)>", deletionDate: DateTimeOffset.UtcNow.AddHours(-1));

        Run($"-ReportPath '{Report}'").ThrowIfFailed();

        string report = File.ReadAllText(Report);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", report, StringComparison.Ordinal);
        Assert.Contains("&quot;&gt;&lt;img src=x onerror=alert(2)&gt;", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_needs_nothing_else()
    {
        GivenOneOfEach();

        Run($"-ReportPath '{Report}'").ThrowIfFailed();

        string report = File.ReadAllText(Report);
        Assert.DoesNotMatch("http(?!-equiv)", report);
        Assert.DoesNotMatch("(?i)<script|<link rel=\"stylesheet|@import|url\\(", report);
        Assert.Contains("aria-label=\"Deleted ", report, StringComparison.Ordinal);
        Assert.Contains("<caption>", report, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", report, StringComparison.Ordinal);
        Assert.Contains("@media print", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_identity_the_job_fails()
    {
        Arm.Identity.HasSystemAssigned = false;

        AssertFailed(Run(), "couldn't sign in", "-ClientId");
        Assert.Empty(Arm.Requests);
    }

    [Theory]
    [InlineData("-ExpiringWithinHours 49")]
    [InlineData("-ExpiringWithinHours -1")]
    [InlineData("-WebhookTimeoutSeconds 0")]
    public void A_number_that_makes_no_sense_is_refused(string argument)
    {
        AssertFailed(Run(argument), argument.Split(' ')[0] + " is " + argument.Split(' ')[1]);
        Assert.Empty(Arm.Requests);
    }
}
