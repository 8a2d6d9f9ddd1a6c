using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Help;

/// <summary>What a command tells of its work.</summary>
public sealed class MessageTests : ModuleTest
{
    private protected override SimulatedArmOptions Options => base.Options with
    {
        RestoreTime = TimeSpan.FromSeconds(1), PurgeTime = TimeSpan.FromSeconds(1),
    };

    [Fact]
    public void Each_request_is_a_line_in_verbose_output()
    {
        GivenDeleted("contoso-one");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Method = "GET", Status = 503, Times = 1 });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-one -Verbose").ThrowIfFailed();

        string[] lines = [.. result.Verbose.Where(line => Regex.IsMatch(line, "^(GET|PUT) "))];
        Assert.All(lines, line => Assert.Matches(
            @"^(GET|PUT) /subscriptions/[^?]+: \d{3} in \d+ ms, attempt \d, correlation [0-9a-f-]{36}$", line));
        Assert.Equal(
            Arm.Requests.Select(request => $"{request.Method} {Uri.UnescapeDataString(request.Path)}: {request.Status}")
                .Order(StringComparer.Ordinal),
            lines.Select(line => line[..line.IndexOf(" in ", StringComparison.Ordinal)])
                .Order(StringComparer.Ordinal));
        Assert.Contains(": 503 in", lines[0], StringComparison.Ordinal);
        Assert.Contains(", attempt 2,", lines[1], StringComparison.Ordinal);
        Assert.Empty(result.Debug);
    }

    [Fact]
    public void Debug_output_has_headers_and_bodies_but_no_secrets_and_asks_nothing()
    {
        GivenDeleted("contoso-one");
        (string Name, string Value)[] secrets =
            [("key1", "hush-1"), ("adminPassword", "hush-2"), ("connectionString", "hush-3")];
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Edit, Path = "/accounts/contoso-one$",
            Edits = secrets.ToDictionary(secret => "/properties/" + secret.Name, secret => (JsonNode?)secret.Value),
        });

        ShellResult result = Shell.Run("""
            (Get-AzContext).Account.ExtendedProperties.AccessToken = 'hush-token'
            $null = Restore-CognitiveAccount contoso-one -Debug
            """).ThrowIfFailed();

        string debug = string.Join('\n', result.Debug);
        Assert.Contains("\"restore\":true", debug, StringComparison.Ordinal);
        Assert.Contains("Azure-AsyncOperation: http", debug, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Authorization: ***", debug, StringComparison.Ordinal);
        Assert.All(secrets, secret =>
            Assert.Matches($"\"{secret.Name}\"\\s*:\\s*\"\\*\\*\\*\"", debug));
        Assert.DoesNotContain("hush", debug, StringComparison.Ordinal);
        Assert.Empty(result.Verbose);
    }

    [Fact]
    public void A_secret_that_is_cut_off_isnt_shown_in_part()
    {
        GivenDeleted("contoso-one");
        Arm.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/rg-ai", StringComparison.Ordinal)) return false;

            // Debug output shows 16 KB of a body: they end in the middle of the secret.
            string padding = new('x', (16 * 1024) - 40);
            await context.Response.WriteAsync($$"""{"tags":{"a":"{{padding}}"},"key1":"hush-{{padding}}","b":"{{padding}}"}""");
            return true;
        };

        string debug = string.Join('\n', Shell.Run("Test-CognitiveAccountRestore contoso-one -Debug").Debug);

        Assert.Contains("characters more", debug, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", debug, StringComparison.Ordinal);
    }

    [Fact]
    public void The_signature_of_an_operations_address_is_a_secret()
    {
        GivenDeleted("contoso-one");

        string debug = string.Join('\n', Shell.Run(
            "Remove-DeletedCognitiveAccount contoso-one -Force -Debug").ThrowIfFailed().Debug);

        string address = Arm.Requests.First(request =>
            request.Path.Contains("/operationResults/", StringComparison.Ordinal)).RawTarget;
        string signature = Regex.Match(address, "[?&]s=([^&]+)").Groups[1].Value;
        Assert.NotEmpty(signature);
        Assert.DoesNotContain(signature, debug, StringComparison.Ordinal);
        Assert.Contains("s=***", debug, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_counts_what_is_done_running_and_failed_and_estimates_the_rest()
    {
        GivenDeletedWithoutGroup("contoso-lost");
        GivenDeleted("contoso-1", "contoso-2", "contoso-3", "contoso-4");
        const string first = "0 of 5 done, 2 running, 1 failed";
        const string second = "2 of 5 done, 2 running, 1 failed";
        List<string> operations = [];
        Arm.Intercept = async context =>
        {
            if (!SimulatedArm.IsPoll(context)) return false;
            int number;
            lock (operations)
            {
                if (!operations.Contains(context.Request.Path)) operations.Add(context.Request.Path);
                number = operations.IndexOf(context.Request.Path);
            }

            // Two go on until the bar has shown them, and so do the next two.
            if (HasShown(number < 2 ? first : second)) return false;
            await context.Response.WriteAsync("""{"status":"Creating"}""");
            return true;
        };

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount | Restore-CognitiveAccount -ThrottleLimit 2 -Timeout 00:01:00");

        Assert.Contains(result.Progress, record => IsShown(record, first));
        Assert.Contains(result.Progress, record => IsShown(record, second) && record is
            { PercentComplete: 60, SecondsRemaining: >= 0 });

        static bool IsShown(System.Management.Automation.ProgressRecord record, string status) =>
            record.StatusDescription.StartsWith(status + ": contoso-", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Restore-CognitiveAccount", "Restore ", "")]
    [InlineData("Remove-DeletedCognitiveAccount", "Permanently purge ",
        ". Its keys, endpoint and data are lost for good; the account can't be restored any more. "
        + "Its name and subdomain 'contoso-sub' become free for others.")]
    public void WhatIf_names_the_account_and_what_becomes_of_it(string command, string what, string consequence)
    {
        DateTimeOffset deleted = DateTimeOffset.UtcNow.AddHours(-2);
        Arm.State.AddDeletedAccount("contoso-one", "rg-ai", kind: "SpeechServices", deletionDate: deleted,
            configure: account => account.CustomSubDomainName = "contoso-sub");

        Shell.Run(command + " contoso-one -WhatIf").ThrowIfFailed();

        Assert.Contains(
            $"{what}account 'contoso-one' (SpeechServices) in resource group 'rg-ai', location 'eastus', deleted "
            + $"{deleted:yyyy-MM-dd HH:mm} UTC{consequence}",
            Regex.Replace(Screen.ToString(), @"\s+", " "), StringComparison.Ordinal);
        Assert.Empty(Writes);
    }
}
