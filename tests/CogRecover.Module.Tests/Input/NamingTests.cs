using System.Management.Automation;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Input;

/// <summary>What is named is what is worked on, and nothing else.</summary>
public sealed class NamingTests : ModuleTest
{
    private const string Storage =
        "/subscriptions/{s}/resourceGroups/rg-ai/providers/Microsoft.Storage/storageAccounts/contoso-one";

    [Fact]
    public void The_id_of_something_else_never_leaves_it_to_the_name()
    {
        GivenDeleted("contoso-one");
        string[] scripts =
        [
            "[pscustomobject] @{{ Name = 'contoso-one'; ResourceGroupName = 'rg-ai'; ResourceId = '{0}' }} | {1}",
            "[pscustomobject] @{{ Name = 'contoso-one'; Id = '{0}' }} | {1}",
            "{1} -Name contoso-one -ResourceId '{0}'",
            "'{0}' | {1}",
            "{1} '{0}'",
        ];

        Assert.All(scripts, script =>
        {
            foreach (string id in new[] { Storage.Replace("{s}", Subscription), Guid.NewGuid().ToString() })
            {
                if (id[0] != '/' && !script.Contains("Id = ") && !script.Contains("-ResourceId")) continue;
                foreach (string command in new[]
                {
                    "Remove-DeletedCognitiveAccount -Force", "Restore-CognitiveAccount", "Test-CognitiveAccountRestore",
                })
                {
                    ShellResult result = Shell.Run(string.Format(null, script, id, command));

                    Assert.StartsWith("InvalidResourceId,", Assert.Single(result.Errors).FullyQualifiedErrorId);
                    Assert.Equal(id, result.Errors[0].TargetObject);
                    Assert.Empty(result.Output);
                }
            }
        });
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void An_id_that_names_no_account_lists_nothing()
    {
        GivenDeleted("contoso-one");
        string[] scripts =
        [
            "Get-DeletedCognitiveAccount -ResourceId $undefined",
            "Get-DeletedCognitiveAccount -ResourceId ''",
            "Get-DeletedCognitiveAccount -ResourceId @()",
            "Get-DeletedCognitiveAccount -ResourceId @($null)",
            "Get-DeletedCognitiveAccount -ResourceId nonsense",
            "Get-DeletedCognitiveAccount -ResourceId '" + Storage + "'",
            "Get-DeletedCognitiveAccount -ResourceId '/subscriptions/{s}/resourceGroups/rg-ai'",
            "Get-DeletedCognitiveAccount -ResourceId $undefined -Kind OpenAI",
            "[pscustomobject] @{ ResourceId = $null } | Get-DeletedCognitiveAccount",
            "[pscustomobject] @{ Id = '7' } | Get-DeletedCognitiveAccount",
            "[pscustomobject] @{ Id = '" + Storage + "'; Name = 'contoso*' } | Get-DeletedCognitiveAccount",
        ];

        Assert.All(scripts, script =>
        {
            ShellResult result = Shell.Run(script.Replace("{s}", Subscription));

            Assert.Equal($"InvalidResourceId,{GetClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
            Assert.Null(result.TerminatedBy);
            Assert.Empty(result.Output);
        });
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void A_number_beside_a_name_is_no_id()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run(
            "[pscustomobject] @{ Id = '7'; Name = 'contoso-one' } | Get-DeletedCognitiveAccount").ThrowIfFailed();

        Assert.Equal(["contoso-one"], Names(result));
    }

    [Fact]
    public void An_account_that_is_named_in_two_ways_is_one()
    {
        GivenDeleted("contoso-one");

        ShellResult result = Shell.Run(
            "(Get-DeletedCognitiveAccount), 'contoso-one' | Remove-DeletedCognitiveAccount -Force -PassThru -Verbose")
            .ThrowIfFailed();

        Assert.Equal(["contoso-one"], Names(result));
        Assert.Single(Writes);
        Assert.Contains("Account 'contoso-one' was already given in another way.", result.Verbose);
    }

    [Fact]
    public void A_malformed_wildcard_is_an_error_of_its_own_and_the_others_are_listed()
    {
        GivenDeleted("contoso-one");

        ShellResult result = Shell.Run("""
            [pscustomobject] @{ Name = '[abc' }, [pscustomobject] @{ Name = 'contoso-one' } |
                Get-DeletedCognitiveAccount
            """);

        Assert.Equal(["contoso-one"], Names(result));
        AssertError(Assert.Single(result.Errors), $"InvalidWildcardPattern,{GetClass}", ErrorCategory.InvalidArgument,
            "[abc", "[abc", "bracket");
    }

    [Fact]
    public void Regions_have_wildcards_too()
    {
        GivenDeleted("contoso-one");
        Arm.State.AddDeletedAccount("contoso-two", "rg-ai", "eastus");

        Assert.Equal(["contoso-one"], Names(Shell.Run("Get-DeletedCognitiveAccount -Location 'West*'")));
    }

    [Fact]
    public void A_look_up_without_an_answer_doesnt_hold_up_the_others()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3");
        Arm.Intercept = async context =>
        {
            if (context.Request.Method == "GET" && context.Request.Path.Value!.EndsWith("/contoso-1"))
                while (Writes.Count() < 2) await Task.Delay(20, context.RequestAborted);
            return false;
        };

        ShellResult result = Shell.Run($$"""
            '{{DeletedId("contoso-1")}}', '{{DeletedId("contoso-2")}}', '{{DeletedId("contoso-3")}}' |
                Remove-DeletedCognitiveAccount -Force -PassThru -Timeout 00:00:30
            """).ThrowIfFailed();

        Assert.Equal(["contoso-1", "contoso-2", "contoso-3"], Names(result));
        Assert.EndsWith("/contoso-1", Writes.Last().Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$_")]
    [InlineData("$_.ResourceId")]
    [InlineData("[pscustomobject] @{ Name = $_.Name; ResourceGroupName = $_.ResourceGroupName; Location = $_.Location }")]
    public void Two_accounts_of_one_name_and_group_in_two_regions_are_two_purges(string row)
    {
        GivenInTwoRegions();

        ShellResult result = Shell.Run($$"""
            Get-DeletedCognitiveAccount | ForEach-Object { {{row}} } |
                Remove-DeletedCognitiveAccount -Force -PassThru
            """).ThrowIfFailed();

        Assert.Equal(["eastus", "westus2"], Locations(result));
        Assert.Equal(2, Writes.Count());
        Assert.Empty(Arm.State.DeletedAccounts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-WhatIf")]
    public void Of_two_accounts_of_one_name_and_group_one_is_restored_and_the_other_is_an_error(string switches)
    {
        GivenInTwoRegions();

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount | Restore-CognitiveAccount {switches}");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"AccountAlreadyExists,{RestoreClass}", error.FullyQualifiedErrorId);
        Assert.Contains("only one live account can have the name", $"{error}", StringComparison.Ordinal);
        Assert.Equal(switches == "" ? 1 : 0, Writes.Count());
        Assert.Equal(switches == "" ? 1 : 0, result.Output.Count);
    }

    [Fact]
    public void The_id_of_the_live_account_is_told_apart_by_the_deleted_ones_id_or_a_location()
    {
        GivenInTwoRegions();
        string live = LiveId("contoso-one");

        ShellResult result = Shell.Run($"Remove-DeletedCognitiveAccount -ResourceId '{live}' -Force");
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"AmbiguousAccount,{RemoveClass}", error.FullyQualifiedErrorId);
        Assert.Contains($"-ResourceId '{DeletedId("contoso-one", location: "eastus")}'",
            error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Writes);

        ShellResult located = Shell.Run($"""
            Remove-DeletedCognitiveAccount -ResourceId '{live}' -Location 'West US 2' -Force -PassThru
            Remove-DeletedCognitiveAccount -ResourceId '{DeletedId("contoso-one", location: "eastus")}' -Force -PassThru
            """).ThrowIfFailed();
        Assert.Equal(["eastus", "westus2"], Locations(located));
    }

    private void GivenInTwoRegions()
    {
        Arm.State.AddDeletedAccount("contoso-one", "rg-ai", "eastus");
        Arm.State.AddDeletedAccount("contoso-one", "rg-ai", "westus2");
    }

    private static string[] Locations(ShellResult result) =>
        [.. result.Output.Select(account => (string)account.Properties["Location"].Value).Order()];
}
