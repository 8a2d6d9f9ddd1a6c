using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Runbooks;

/// <summary>The webhook that the summary is posted to. The simulated ARM answers for it.</summary>
public sealed class WatchWebhookTests : WatchTest
{
    private const string Hook = "hook/secret-path";

    private ArmRequest[] Posts => [.. Arm.Requests.Where(request => request.Method == "POST")];

    [Fact]
    public void The_summary_and_the_accounts_are_posted_as_JSON_without_the_token()
    {
        GivenOneOfEach();
        GivenWebhook(202);

        ShellResult result = Run($"-WebhookUri {Arm.Endpoint}{Hook}?sig=s3cret").ThrowIfFailed();

        ArmRequest post = Assert.Single(Posts);
        Assert.StartsWith("application/json", post.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", post.Headers.Keys);
        Assert.DoesNotContain("Bearer", post.Body, StringComparison.OrdinalIgnoreCase);
        JsonNode body = JsonNode.Parse(post.Body!)!;
        Assert.Equal(3, (int)body["summary"]!["Deleted"]!);
        Assert.Equal("contoso-soon", (string?)body["accounts"]![0]!["Name"]);
        Assert.Null(body["report"]);
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("webhook", StringComparison.Ordinal));
    }

    [Fact]
    public void The_report_goes_with_it_if_that_is_asked_for()
    {
        GivenOneOfEach();
        GivenWebhook(200);

        Run($"-WebhookUri {Arm.Endpoint}{Hook} -SendReport $true").ThrowIfFailed();

        string report = (string)JsonNode.Parse(Assert.Single(Posts).Body!)!["report"]!;
        Assert.StartsWith("<!DOCTYPE html>", report, StringComparison.Ordinal);
        Assert.Contains("contoso-groupless", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_can_come_from_an_encrypted_variable()
    {
        GivenWebhook(200);

        Shell.Run($$"""
            function global:Get-AutomationVariable($Name) { if ($Name -eq 'Hook') { '{{Arm.Endpoint}}{{Hook}}' } }
            """).ThrowIfFailed();
        Run("-WebhookVariable Hook").ThrowIfFailed();

        Assert.Single(Posts);
    }

    [Fact]
    public void A_webhook_that_refuses_is_a_warning_that_names_its_host_and_nothing_secret()
    {
        GivenOneOfEach();
        GivenWebhook(503);

        ShellResult result = Run($"-WebhookUri {Arm.Endpoint}{Hook}?sig=s3cret -ReportPath '{Report}'").ThrowIfFailed();

        AssertWarns(result, Arm.Endpoint.Authority, "It returned status 503.");
    }

    [Fact]
    public void A_webhook_that_is_down_is_a_warning_and_hides_neither_facts_nor_report()
    {
        GivenOneOfEach();
        string address = $"127.0.0.1:{ClosedPort()}";

        ShellResult result = Run($"-WebhookUri 'http://{address}/{Hook}?sig=s3cret' -ReportPath '{Report}'")
            .ThrowIfFailed();

        AssertWarns(result, address, "refused");
        Assert.Equal(3, Facts(result, "Deleted").Length);
        Assert.Contains("contoso-soon", File.ReadAllText(Report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_webhook_that_never_answers_is_given_up_after_its_time()
    {
        Arm.Intercept = async context =>
        {
            if (context.Request.Method == "POST") await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return false;
        };

        ShellResult result = Run($"-WebhookUri {Arm.Endpoint}{Hook} -WebhookTimeoutSeconds 1").ThrowIfFailed();

        AssertWarns(result, Arm.Endpoint.Authority, "It didn't respond within 1 s.");
    }

    [Fact]
    public void A_webhook_that_leads_elsewhere_isnt_followed()
    {
        Arm.Intercept = context =>
        {
            if (context.Request.Method != "POST") return Task.FromResult(false);
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = "/elsewhere";
            return Task.FromResult(true);
        };

        ShellResult result = Run($"-WebhookUri {Arm.Endpoint}{Hook}").ThrowIfFailed();

        AssertWarns(result, Arm.Endpoint.Authority, "It returned status 307.");
        Assert.Single(Posts);
    }

    [Fact]
    public void A_report_that_cant_be_written_is_posted_all_the_same_and_fails_the_job()
    {
        GivenOneOfEach();
        GivenWebhook(200);
        string file = Path.Combine(Artefacts, "no-such-folder", "deleted.html");

        ShellResult result = Run($"-WebhookUri {Arm.Endpoint}{Hook} -ReportPath '{file}' -SendReport $true");

        AssertFailed(result, "1 failed", $"The report couldn't be written to '{file}': Could not find");
        JsonNode body = JsonNode.Parse(Assert.Single(Posts).Body!)!;
        Assert.Contains(file, (string)body["problems"]![0]!, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", (string)body["report"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-WhatIf -SendReport $true")]
    public void A_rehearsal_tells_the_facts_and_neither_writes_nor_posts(string rehearsal)
    {
        GivenOneOfEach();
        GivenWebhook(200);
        File.Delete(Report);

        ShellResult result = Run($"-WebhookUri {Arm.Endpoint}{Hook} -ReportPath '{Report}' {rehearsal}")
            .ThrowIfFailed();

        AssertSummary(result, "Deleted=3");
        Assert.Empty(Posts);
        Assert.False(File.Exists(Report));
    }

    [Theory]
    [InlineData("http://hooks.contoso.example/secret-path")]
    [InlineData("ftp://127.0.0.1/secret-path")]
    [InlineData("secret-path")]
    public void An_address_without_https_is_refused_before_anything_is_asked(string address)
    {
        ShellResult result = Run($"-WebhookUri {address}");

        AssertFailed(result, "The webhook needs an https address");
        Assert.DoesNotContain("secret-path", result.TerminatedBy!.Message, StringComparison.Ordinal);
        Assert.Empty(Arm.Requests);
    }

    private static void AssertWarns(ShellResult result, string host, string why)
    {
        string warning = Assert.Single(result.Warnings, one => one.Contains("webhook", StringComparison.Ordinal));
        Assert.StartsWith($"The webhook at {host} didn't confirm the summary. ", warning, StringComparison.Ordinal);
        Assert.Contains(why, warning, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", warning, StringComparison.Ordinal);
    }

    private void GivenWebhook(int status) => Arm.Intercept = context =>
    {
        if (context.Request.Method != "POST") return Task.FromResult(false);
        context.Response.StatusCode = status;
        return Task.FromResult(true);
    };

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
