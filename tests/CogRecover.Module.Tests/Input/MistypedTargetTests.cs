using System.Management.Automation;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Input;

/// <summary>Who misspells a name, a group or a location is told what there is, and what to type.</summary>
public sealed class MistypedTargetTests : ModuleTest
{
    private const string Right = "-Name 'contoso-ai-hub' -ResourceGroupName 'rg-ai-prod' -Location 'eastus2'";

    private string Line(string command) => $"{command} {Right} -SubscriptionId '{Subscription}'";

    private string[] Mistyped =>
    [
        "contoso-ai-hub -ResourceGroupName rg-ai-prd -Location eastus2",
        "contoso-ai-hub -ResourceGroupName rg-ai-prod -Location eastus",
        "contoso-ai-hbu -ResourceGroupName rg-ai-prod -Location eastus2",
        "contoso-ai-hubs -ResourceGroupName rg-ai-prod -Location eastus2",
        $"-ResourceId {LiveId("contoso-ai-hub", "rg-ai-prd")}",
        $"-ResourceId {DeletedId("contoso-ai-hub", "rg-ai-prod", "eastus")}",
    ];

    [Fact]
    public void A_mistyped_purge_warns_and_names_the_account_that_is_close_and_has_nothing_to_purge_with_WhatIf()
    {
        GivenHub();

        Assert.All(Mistyped, target =>
        {
            string command = $"Remove-DeletedCognitiveAccount {target} -PassThru";
            ShellResult result = Shell.Run($"{command} -Force").ThrowIfFailed();
            string shown = Screen.ToString();
            ShellResult whatIf = Shell.Run($"{command} -WhatIf").ThrowIfFailed();

            string warning = Assert.Single(result.Warnings);
            Assert.StartsWith("No soft-deleted account '", warning, StringComparison.Ordinal);
            Assert.Contains("so there is nothing to purge", warning, StringComparison.Ordinal);
            Assert.Contains("soft-deleted: 'contoso-ai-hub' in resource group 'rg-ai-prod', location 'eastus2'",
                warning, StringComparison.Ordinal);
            Assert.EndsWith(Line("Remove-DeletedCognitiveAccount"), warning, StringComparison.Ordinal);
            Assert.Contains("What if: Purge nothing. No soft-deleted account '",
                Regex.Replace(Screen.ToString()[shown.Length..], @"\s+", " "), StringComparison.Ordinal);
            Assert.Empty(result.Output);
            Assert.Empty(whatIf.Output);
        });
        Assert.Empty(Writes);
    }

    [Fact]
    public void Purging_again_where_nothing_is_close_warns_of_nothing_else()
    {
        GivenHub();

        ShellResult result = Shell.Run(
            "Remove-DeletedCognitiveAccount contoso-speech rg-ai-prod -Location eastus2 -Force").ThrowIfFailed();

        Assert.EndsWith("so there is nothing to purge.", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_restore_and_test_say_where_the_account_is()
    {
        GivenHub();

        foreach (string target in Mistyped)
        foreach (string command in new[] { "Restore-CognitiveAccount", "Test-CognitiveAccountRestore" })
        {
            ShellResult result = Shell.Run($"{command} {target}");

            ErrorRecord error = Assert.Single(result.Errors);
            Assert.StartsWith("DeletedAccountNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("soft-deleted: 'contoso-ai-hub' in resource group 'rg-ai-prod', location 'eastus2'",
                $"{error}", StringComparison.Ordinal);
            Assert.DoesNotContain("may have been purged", $"{error}", StringComparison.Ordinal);
            Assert.EndsWith(Line(command), error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Empty(Writes);
    }

    [Fact]
    public void A_name_alone_that_isnt_found_is_an_error_that_names_what_is_close()
    {
        GivenHub();
        string[] scripts =
        [
            "Restore-CognitiveAccount contoso-ai-hbu",
            "Remove-DeletedCognitiveAccount contoso-ai-hbu -Force",
            "Remove-DeletedCognitiveAccount contoso-ai-hub -ResourceGroupName rg-ai-prd -Force",
        ];

        Assert.All(scripts, script =>
        {
            ErrorRecord error = Assert.Single(Shell.Run(script).Errors);

            Assert.StartsWith("DeletedAccountNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.EndsWith(Line(script.Split(' ')[0]), error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        });
        Assert.Empty(Writes);
    }

    [Fact]
    public void Three_at_most_are_named_and_the_closest_first()
    {
        GivenHub();
        foreach (string name in new[] { "contoso-ai-hu1", "contoso-ai-hu2", "contoso-ai-h3", "contoso-other" })
            Arm.State.AddDeletedAccount(name, "rg-web", "eastus2");

        ErrorRecord error = Assert.Single(
            Shell.Run("Restore-CognitiveAccount contoso-ai-hub rg-web -Location westus").Errors);

        Assert.Contains("These are soft-deleted: 'contoso-ai-hub' in", $"{error}", StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count($"{error}", "'rg-web', location"));
    }

    [Fact]
    public void The_next_of_a_series_isnt_taken_for_a_slip_nor_what_was_deleted_at_another_time()
    {
        GivenDeleted("contoso-1", "contoso-02", "contoso-on");

        ShellResult result = Shell.Run("""
            $one = Get-DeletedCognitiveAccount contoso-1
            $row = [pscustomobject] @{ Id = $one.ResourceId; DeletionDate = $one.DeletionDate.AddHours(-1) }
            $one | Remove-DeletedCognitiveAccount -Force
            $row | Remove-DeletedCognitiveAccount -Force
            Remove-DeletedCognitiveAccount -ResourceId $one.ResourceId -Force
            """).ThrowIfFailed();

        Assert.EndsWith("so there is nothing to purge.", result.Warnings[0], StringComparison.Ordinal);
        Assert.DoesNotContain("contoso-02", result.Warnings[1], StringComparison.Ordinal);
        Assert.Contains("'contoso-on'", result.Warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contoso-a", "contoso-b", false)]
    [InlineData("contoso-eu", "contoso-us", false)]
    [InlineData("v2", "u2", false)]
    [InlineData("contoso-dev", "contoso-dew", true)]
    [InlineData("contoso-a", "contosso-a", true)]
    public void A_sibling_that_differs_in_a_short_suffix_isnt_offered_for_a_purge(
        string right, string sibling, bool isOffered)
    {
        GivenDeleted(sibling);

        ErrorRecord error = Assert.Single(Shell.Run($"Remove-DeletedCognitiveAccount {right} -Force").Errors);

        Assert.Equal(isOffered, $"{error}{error.ErrorDetails.RecommendedAction}".Contains(
            $"'{sibling}'", StringComparison.Ordinal));
        Assert.Equal(!isOffered, $"{error}".Contains("may have been purged", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "DeletedAccountNotFound")]
    [InlineData(true, "InvalidLocation")]
    public void A_location_that_Azure_doesnt_have_is_no_reason_to_speak_of_the_api_version(
        bool isListRefused, string id)
    {
        GivenHub();
        if (isListRefused)
            Arm.Faults.Set(new Fault
            {
                Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Path = "/deletedAccounts$",
            });
        Arm.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.Contains("/locations/swedencentrl/", StringComparison.Ordinal)) return false;
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync("""
                {"error":{"code":"NoRegisteredProviderFound","message":"No registered resource provider found for
                location 'swedencentrl' and API version '2025-06-01'. The supported api-versions are '2025-06-01'."}}
                """.ReplaceLineEndings(" "));
            return true;
        };

        ErrorRecord error = Assert.Single(
            Shell.Run("Restore-CognitiveAccount contoso-ai-hub rg-ai-prod -Location swedencentrl").Errors);

        Assert.Equal($"{id},{RestoreClass}", error.FullyQualifiedErrorId);
        if (isListRefused)
            Assert.Equal("'swedencentrl' isn't an Azure location. The nearest is 'swedencentral'.", $"{error}");
        else Assert.EndsWith(
            Line("Restore-CognitiveAccount"), error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_cant_be_read_keeps_nobody_from_the_answer()
    {
        GivenHub();
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Method = "GET", Path = "/deletedAccounts$",
        });

        ShellResult result = Shell.Run("""
            Restore-CognitiveAccount contoso-ai-hub rg-ai-prod -Location eastus
            Remove-DeletedCognitiveAccount contoso-ai-hub rg-ai-prod -Location eastus -Force
            """);

        Assert.Equal($"DeletedAccountNotFound,{RestoreClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.EndsWith("so there is nothing to purge.", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_mistyped_rows_read_the_list_once()
    {
        GivenHub();

        ShellResult result = Shell.Run("""
            1..20 | ForEach-Object {
                [pscustomobject] @{ Name = "gone-for-long-$_"; ResourceGroupName = 'rg-ai-prod'; Location = 'eastus2' }
            } | Remove-DeletedCognitiveAccount -Force
            """).ThrowIfFailed();

        Assert.Equal(20, result.Warnings.Count);
        Assert.Single(Arm.Requests, request => request.Path.EndsWith("/deletedAccounts", StringComparison.Ordinal));
    }

    private void GivenHub() => Arm.State.AddDeletedAccount("contoso-ai-hub", "rg-ai-prod", "eastus2", "AIServices");
}
