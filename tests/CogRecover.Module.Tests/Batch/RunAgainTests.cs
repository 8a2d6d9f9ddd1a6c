using System.Management.Automation;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Batch;

/// <summary>Running a command again is safe.</summary>
public sealed class RunAgainTests : ModuleTest
{
    [Fact]
    public void Restoring_again_writes_the_live_account_with_a_warning()
    {
        string[] ways =
        [
            "$account | Restore-CognitiveAccount",
            "Restore-CognitiveAccount $name",
            "Restore-CognitiveAccount $name rg-ai",
            "Restore-CognitiveAccount $name rg-ai -Location westus2",
            "Restore-CognitiveAccount -ResourceId $account.AccountId",
        ];
        int number = 0;
        Assert.All(ways, again =>
        {
            string name = $"contoso-{++number}";
            GivenDeleted(name);

            ShellResult result = Shell.Run($$"""
                $name = '{{name}}'
                $account = Get-DeletedCognitiveAccount
                $null = $account | Restore-CognitiveAccount
                {{again}}
                """).ThrowIfFailed();

            PSObject live = Assert.Single(result.Output);
            Assert.Equal("CogRecover.CognitiveAccount", live.TypeNames[0]);
            Assert.Equal(name, live.Properties["Name"].Value);
            Assert.Contains("is already live", Assert.Single(result.Warnings), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("ResourceId")]
    [InlineData("AccountId")]
    public void Purging_again_by_a_resource_id_counts_as_purged(string id)
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run($$"""
            $account = Get-DeletedCognitiveAccount
            Remove-DeletedCognitiveAccount -ResourceId $account.{{id}} -Force
            Remove-DeletedCognitiveAccount -ResourceId $account.{{id}} -Force
            """).ThrowIfFailed();

        Assert.StartsWith("No soft-deleted account 'contoso' in resource group 'rg-ai'",
            Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Single(Writes);
    }

    [Fact]
    public void Purging_again_counts_as_purged_for_who_cant_see_live_accounts()
    {
        GivenDeleted("contoso");
        Arm.State.Permissions = [new([
            "Microsoft.CognitiveServices/deletedAccounts/read",
            "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/*"])];

        ShellResult result = Shell.Run("""
            $account = Get-DeletedCognitiveAccount
            $account | Remove-DeletedCognitiveAccount -Force
            $account | Remove-DeletedCognitiveAccount -Force -PassThru
            """).ThrowIfFailed();

        Assert.Equal(["contoso"], Names(result));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Purging_a_name_under_which_there_is_nothing_is_an_error()
    {
        ShellResult result = Shell.Run("Remove-DeletedCognitiveAccount contoso rg-ai -Force");

        Assert.Equal($"DeletedAccountNotFound,{RemoveClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Purging_by_id_what_lives_again_warns()
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run("""
            $account = Get-DeletedCognitiveAccount
            $null = $account | Restore-CognitiveAccount
            Remove-DeletedCognitiveAccount -ResourceId $account.ResourceId -Force
            """).ThrowIfFailed();

        Assert.Contains("so there is nothing to purge. An account of that name is live in resource group 'rg-ai' (westus2)",
            Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Remove-DeletedCognitiveAccount -ResourceId $account.ResourceId -Force")]
    [InlineData("Restore-CognitiveAccount -ResourceId $account.ResourceId")]
    public void A_404_that_isnt_the_services_is_an_error(string command)
    {
        GivenDeleted("contoso");
        Shell.Run("$account = Get-DeletedCognitiveAccount").ThrowIfFailed();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 404, Method = "GET" });

        ShellResult result = Shell.Run(command);

        Assert.StartsWith("InvalidServiceResponse,", Assert.Single(result.Errors).FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Fact]
    public void What_lives_has_to_be_seen_before_an_account_is_said_to_be_gone()
    {
        GivenDeleted("contoso");
        Shell.Run("$account = Get-DeletedCognitiveAccount; $account | Remove-DeletedCognitiveAccount -Force")
            .ThrowIfFailed();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 404, Method = "GET", Path = "/accounts/" });

        ShellResult result = Shell.Run("$account | Remove-DeletedCognitiveAccount -Force -PassThru");

        Assert.Equal($"InvalidServiceResponse,{RemoveClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void An_account_that_was_purged_and_created_anew_isnt_said_to_be_restored()
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run("""
            $account = Get-DeletedCognitiveAccount
            $account | Remove-DeletedCognitiveAccount -Force
            """).ThrowIfFailed();
        Arm.State.AddAccount("contoso", "rg-ai", "West US 2");
        result = Shell.Run("$account | Remove-DeletedCognitiveAccount -Force -PassThru").ThrowIfFailed();

        Assert.Equal(["contoso"], Names(result));
        Assert.Empty(result.Warnings);
        Assert.Contains("already gone", Assert.Single(result.Information).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Purging_what_somebody_has_restored_meanwhile_warns_that_it_lives()
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run("""
            $account = Get-DeletedCognitiveAccount
            $null = $account | Restore-CognitiveAccount
            $account | Remove-DeletedCognitiveAccount -Force -PassThru
            """).ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Contains("wasn't purged: somebody has restored it, and it is live", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.True(Arm.State.HasAccount("contoso", "rg-ai"));
    }

    [Fact]
    public void A_look_up_for_a_live_account_that_fails_leaves_the_error_that_nothing_is_deleted()
    {
        GivenDeleted("contoso");
        Arm.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/accounts/gone", StringComparison.Ordinal)) return false;
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync("""{"error":{"code":"AuthorizationFailed","message":"No."}}""");
            return true;
        };

        ShellResult result = Shell.Run("Restore-CognitiveAccount gone, contoso -ResourceGroupName rg-ai");

        Assert.Equal(["contoso"], Names(result));
        Assert.Equal($"DeletedAccountNotFound,{RestoreClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }
}
