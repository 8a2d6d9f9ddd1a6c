using System.Management.Automation;
using System.Text;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Batch;

/// <summary>Nothing is sent against what a look has just shown, and what was seen is said.</summary>
public sealed class SeenBeforeWriteTests : ModuleTest
{
    private protected override SimulatedArmOptions Options => base.Options with { PurgeTime = TimeSpan.FromSeconds(4) };

    [Theory]
    [InlineData("")]
    [InlineData("-SkipPrerequisiteCheck")]
    [InlineData("-CreateResourceGroup -SkipPrerequisiteCheck")]
    public void A_restore_of_what_was_restored_meanwhile_sends_nothing_and_writes_the_live_account(string switches)
    {
        GivenListed("contoso");
        Shell.Run("$null = Restore-CognitiveAccount contoso").ThrowIfFailed();
        Arm.ClearRequests();

        ShellResult result = Shell.Run($"$account | Restore-CognitiveAccount {switches}").ThrowIfFailed();

        Assert.Equal("CogRecover.CognitiveAccount", Assert.Single(result.Output).TypeNames[0]);
        Assert.Contains("is already live", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Fact]
    public void The_state_of_what_lives_already_is_read_in_any_spelling()
    {
        GivenListed("contoso");
        Shell.Run("$null = Restore-CognitiveAccount contoso").ThrowIfFailed();
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Edit, Method = "GET", Path = "/accounts/contoso$",
            Edits = { ["/properties/provisioningState"] = "succeeded" },
        });

        ShellResult result = Shell.Run("$account | Restore-CognitiveAccount").ThrowIfFailed();

        Assert.Contains("is already live", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_lives_already_has_nothing_to_restore_with_WhatIf()
    {
        GivenListed("contoso");
        Shell.Run("$null = Restore-CognitiveAccount contoso").ThrowIfFailed();

        ShellResult result = Shell.Run("$account | Restore-CognitiveAccount -WhatIf").ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Contains("What if: Restore nothing", Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_listed_still_and_seen_live_is_left_alone()
    {
        GivenDeleted("contoso");
        Arm.Intercept = async context =>
        {
            // Somebody restores it between the list and the look.
            if (context.Request.Method == "GET" && context.Request.Path.Value!.EndsWith("/accounts/contoso"))
            {
                DeletedAccount? deleted = Arm.State.DeletedAccounts.SingleOrDefault();
                if (deleted is not null) await RestoreAsSomebodyElseAsync(deleted);
            }

            return false;
        };

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.Single(result.Output);
        Assert.Contains("is already live", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Single(Writes);
    }

    [Theory]
    [InlineData("westus2", true)]
    [InlineData("westus2", false)]
    [InlineData("eastus", false)]
    public void Another_live_account_of_the_name_keeps_a_restore_from_being_sent(string location, bool hasId)
    {
        GivenDeleted("contoso");
        Arm.State.AddAccount("contoso", "rg-ai", location);
        if (!hasId)
        {
            Arm.Faults.Set(new Fault
            {
                Kind = FaultKind.Edit, Method = "GET", Path = "/accounts/contoso$",
                Edits = { ["/properties/internalId"] = null, ["/properties/dateCreated"] = null },
            });
        }

        ShellResult result = Shell.Run("""
            Restore-CognitiveAccount contoso
            (Test-CognitiveAccountRestore contoso).CanRestore
            """);

        AssertError(Assert.Single(result.Errors), $"AccountAlreadyExists,{RestoreClass}", ErrorCategory.ResourceExists,
            "contoso", "'contoso'", "Get-AzCognitiveServicesAccount");
        Assert.Equal("False", Assert.Single(result.Output).ToString());
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-SkipPrerequisiteCheck")]
    public void No_group_is_created_for_an_account_that_is_being_purged(string skip)
    {
        GivenDeletedWithoutGroup("contoso-one");
        Shell.Run("""
            $account = Get-DeletedCognitiveAccount
            $null = $account | Remove-DeletedCognitiveAccount -Force -NoWait
            """).ThrowIfFailed();
        Arm.ClearRequests();

        ErrorRecord error = Assert.Single(
            Shell.Run($"$account | Restore-CognitiveAccount -CreateResourceGroup {skip}").Errors);

        AssertError(error, $"OperationInProgress,{RestoreClass}", ErrorCategory.ResourceBusy, "contoso-one",
            "being purged",
            skip.Length == 0 ? "Create the account again once it is purged" : "Then create the account again");
        Assert.Empty(Writes);
    }

    [Fact]
    public void What_is_being_purged_isnt_restored()
    {
        GivenListed("contoso");
        Shell.Run("$null = Remove-DeletedCognitiveAccount contoso -Force -NoWait").ThrowIfFailed();
        Arm.ClearRequests();

        foreach (string restore in new[]
        {
            "$account | Restore-CognitiveAccount", "$account | Restore-CognitiveAccount -SkipPrerequisiteCheck",
            "Restore-CognitiveAccount contoso",
        })
        {
            ErrorRecord error = Assert.Single(Shell.Run(restore).Errors);
            Assert.Equal($"OperationInProgress,{RestoreClass}", error.FullyQualifiedErrorId);
            Assert.Contains("being purged", $"{error}", StringComparison.Ordinal);
        }

        PSObject test = Assert.Single(Shell.Run("$account | Test-CognitiveAccountRestore").ThrowIfFailed().Output);
        Assert.Equal(false, test.Properties["CanRestore"].Value);
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("-Force")]
    [InlineData("")]
    public void A_second_purge_waits_for_the_first(string switches)
    {
        GivenListed("contoso");
        Shell.Run("$null = Remove-DeletedCognitiveAccount contoso -Force -NoWait").ThrowIfFailed();

        ShellResult result = Shell.Run($"$account | Remove-DeletedCognitiveAccount -PassThru {switches}").ThrowIfFailed();

        Assert.Equal(["contoso"], Names(result));
        Assert.False(Arm.State.HasDeletedAccount("contoso", "rg-ai"));
        Assert.Single(Writes);
    }

    [Fact]
    public void A_purge_of_what_is_gone_sends_nothing()
    {
        GivenListed("contoso");
        Shell.Run("Remove-DeletedCognitiveAccount contoso -Force").ThrowIfFailed();
        Arm.ClearRequests();

        ShellResult result = Shell.Run("""
            $account | Remove-DeletedCognitiveAccount -WhatIf
            $account | Remove-DeletedCognitiveAccount -Force -PassThru
            """).ThrowIfFailed();

        Assert.Contains("What if: Purge nothing. Account 'contoso'", Screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("already gone", result.Information[^1].ToString(), StringComparison.Ordinal);
        Assert.Equal(["contoso"], Names(result));
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_test_of_what_is_gone_is_an_error()
    {
        GivenListed("contoso");
        Shell.Run("Remove-DeletedCognitiveAccount contoso -Force").ThrowIfFailed();

        ShellResult result = Shell.Run("$account | Test-CognitiveAccountRestore");

        Assert.StartsWith("DeletedAccountNotFound,", Assert.Single(result.Errors).FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-AsJob | Wait-Job | Receive-Job")]
    public void A_group_that_goes_between_look_and_write_is_created(string more)
    {
        GivenDeletedWithoutGroup("contoso-one", "contoso-two");
        int looks = 0;
        Arm.Intercept = async context =>
        {
            // At the look it is still being deleted.
            if (context.Request.Method != "GET"
                || !context.Request.Path.Value!.EndsWith("/resourcegroups/rg-retired", StringComparison.OrdinalIgnoreCase)
                || Interlocked.Increment(ref looks) > 1)
                return false;
            await context.Response.WriteAsync($$$"""
                {"id":"/subscriptions/{{{Subscription}}}/resourceGroups/rg-retired","name":"rg-retired",
                 "location":"eastus","properties":{"provisioningState":"Deleting"}}
                """);
            return true;
        };

        ShellResult result = Shell.Run(
            $"Get-DeletedCognitiveAccount | Restore-CognitiveAccount -CreateResourceGroup {more}").ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-two"], Names(result));
        Assert.Single(Writes, write => write.Path.EndsWith("/rg-retired", StringComparison.OrdinalIgnoreCase)
            && write.Status == 201);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-SkipPrerequisiteCheck")]
    public void No_group_is_created_for_an_account_that_is_gone(string switches)
    {
        GivenDeletedWithoutGroup("contoso");
        Shell.Run("$account = Get-DeletedCognitiveAccount; Remove-DeletedCognitiveAccount contoso -Force").ThrowIfFailed();
        Arm.ClearRequests();

        ShellResult result = Shell.Run($"$account | Restore-CognitiveAccount -CreateResourceGroup {switches}");

        Assert.Equal($"DeletedAccountNotFound,{RestoreClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Empty(Writes);
        Assert.False(Arm.State.HasResourceGroup("rg-retired"));
    }

    [Fact]
    public void What_is_deleted_while_the_pipeline_runs_is_found()
    {
        GivenDeleted("contoso-one");
        Arm.State.AddAccount("contoso-two", "rg-ai");

        ShellResult result = Shell.Run($$"""
            & {
                'contoso-one'
                while (-not $global:purged) { [System.Threading.Thread]::Sleep(50); '' }
                & $global:delete
                'contoso-two'
            } | Remove-DeletedCognitiveAccount -Force -PassThru | ForEach-Object { $global:purged = $true; $_ }
            """.Replace("& $global:delete", DeleteScript("contoso-two"), StringComparison.Ordinal)).ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-two"], Names(result));
    }

    [Fact]
    public void A_group_that_is_being_deleted_is_waited_for()
    {
        GivenDeleted("contoso");
        int refused = 0;
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT" || Interlocked.Increment(ref refused) > 1) return false;
            context.Response.StatusCode = 409;
            await context.Response.WriteAsync("""
                {"error":{"code":"ResourceGroupBeingDeleted","message":"The resource group is being deleted."}}
                """);
            return true;
        };

        Shell.Run("Restore-CognitiveAccount contoso").ThrowIfFailed();

        Assert.True(Arm.State.HasAccount("contoso", "rg-ai"));
    }

    private string DeleteScript(string name) => $$"""
        $http = [System.Net.Http.HttpClient]::new()
        $http.DefaultRequestHeaders.Add('Authorization', 'Bearer other')
        $null = $http.DeleteAsync('{{Arm.Endpoint}}{{LiveId(name).TrimStart('/')}}?api-version=2025-06-01').Result
        """;

    private async Task RestoreAsSomebodyElseAsync(DeletedAccount deleted)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Put, new Uri(Arm.Endpoint, $"{LiveId(deleted.Name)}?api-version=2025-06-01"));
        request.Headers.Authorization = new("Bearer", "other");
        request.Content = new StringContent(
            $$$"""{"location":"{{{deleted.Location}}}","properties":{"restore":true}}""", Encoding.UTF8,
            "application/json");
        using HttpResponseMessage answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private void GivenListed(string name)
    {
        GivenDeleted(name);
        Shell.Run("$account = Get-DeletedCognitiveAccount").ThrowIfFailed();
    }
}
