using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

/// <summary>The report and the webhook of the runbooks that restore and purge.</summary>
public sealed class ActionReportTests : RunbookTest
{
    private string runbook = "Restore-UnexpectedDeletion";

    private protected override string Runbook => runbook;

    private static string Report => Path.Combine(
        Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "artefacts")).FullName,
        $"{nameof(ActionReportTests)}.{TestContext.Current.TestMethod!.MethodName}.html");

    [Fact]
    public void The_restore_reports_what_was_done_to_each_account_and_the_next_command()
    {
        GivenDeleted("contoso");
        Arm.State.AddDeletedAccount("contoso-retired", "rg-ai", configure: Tagged("lifecycle", "retired"));
        GivenDeletedWithoutGroup("contoso-groupless");

        ShellResult result = Run($"-ExcludeTag lifecycle -CreateResourceGroup $false -ReportPath '{Report}'");

        AssertFailed(result, "1 failed, 1 restored.", "contoso-groupless");
        string report = File.ReadAllText(Report);
        Assert.Contains("<dt>restored</dt><dd class=\"\">1</dd>", report, StringComparison.Ordinal);
        Assert.Contains("<dt>failed</dt><dd class=\"lost\">1</dd>", report, StringComparison.Ordinal);
        Assert.Contains(">Restored</b>", report, StringComparison.Ordinal);
        Assert.Contains(">Excluded</b>", report, StringComparison.Ordinal);
        Assert.Contains($"<code>Set-AzContext <span>-Subscription</span> &#39;{Subscription}&#39;; New-AzResourceGroup "
            + "<span>-Name</span> &#39;rg-retired&#39;", report, StringComparison.Ordinal);
        Assert.DoesNotContain("not complete", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Restore-UnexpectedDeletion", "", "Restored")]
    [InlineData("Clear-DeletedAccount", "-ResourceGroupName rg-ai", "Purged")]
    [InlineData("Clear-DeletedAccount", "-ResourceGroupName rg-ai -ReportOnly $true", "WouldPurge")]
    public void The_summary_each_fact_and_the_report_are_posted(string name, string arguments, string fact)
    {
        runbook = name;
        GivenDeleted("contoso");
        GivenForbiddenSubscription();
        GivenWebhook();

        ShellResult result = Run($"{arguments} -WebhookUri {Arm.Endpoint}hook -SendReport $true");

        AssertFailed(result, OtherSubscription);
        ArmRequest post = Assert.Single(Arm.Requests, request => request.Method == "POST");
        JsonNode body = JsonNode.Parse(post.Body!)!;
        Assert.Equal(name, (string?)body["summary"]!["Runbook"]);
        Assert.Equal(["NotListed", fact], body["accounts"]!.AsArray().Select(one => (string?)one!["Fact"]));
        Assert.Contains(OtherSubscription, (string?)body["problems"]![0], StringComparison.Ordinal);
        Assert.Contains("This report is not complete", (string?)body["report"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Restore-UnexpectedDeletion", "-WhatIf")]
    [InlineData("Clear-DeletedAccount", "-WhatIf -ResourceGroupName rg-ai")]
    public void With_WhatIf_neither_is_written_nor_posted(string name, string arguments)
    {
        runbook = name;
        GivenDeleted("contoso");
        GivenWebhook();
        File.Delete(Report);

        Run($"{arguments} -WebhookUri {Arm.Endpoint}hook -ReportPath '{Report}'").ThrowIfFailed();

        Assert.DoesNotContain(Arm.Requests, request => request.Method == "POST");
        Assert.False(File.Exists(Report));
    }

    [Fact]
    public void A_report_that_cant_be_written_fails_the_job_once_all_is_done()
    {
        GivenDeleted("contoso");

        ShellResult result = Run("-ReportPath /no-such-folder/report.html");

        Assert.Equal(["contoso"], Named(result, "Restored"));
        AssertFailed(result, "1 failed, 1 restored. The report couldn't be written to '/no-such-folder/report.html'");
    }

    private void GivenWebhook() => Arm.Intercept = context =>
    {
        if (context.Request.Method != "POST") return Task.FromResult(false);
        context.Response.StatusCode = 202;
        return Task.FromResult(true);
    };
}
