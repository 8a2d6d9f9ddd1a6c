using System.Management.Automation;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

public sealed class RestoreTests : ModuleTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { RestoreTime = TimeSpan.FromSeconds(0.4) };

    private static readonly string[] WaysIn =
    [
        "Get-DeletedCognitiveAccount -Name {0} | Restore-CognitiveAccount",
        "Restore-CognitiveAccount {0}",
        "Restore-CognitiveAccount {0} rg-ai",
        "Restore-CognitiveAccount -Name {0} -ResourceGroupName rg-ai -Location 'West US 2'",
        "Restore-CognitiveAccount -AccountName {0} -SubscriptionId $((Get-AzContext).Subscription.Id)",
        "Restore-CognitiveAccount -ResourceId (Get-DeletedCognitiveAccount).ResourceId",
        "Restore-CognitiveAccount -Id (Get-DeletedCognitiveAccount).AccountId",
        "[pscustomobject] @{ Name = '{0}'; ResourceGroupName = 'rg-ai' } | Restore-CognitiveAccount",
        "[pscustomobject] @{ AccountName = '{0}'; Location = 'westus2'; ResourceGroupName = 'rg-ai'; "
            + "ResourceId = 'x' } | Restore-CognitiveAccount",
        "[pscustomobject] @{ ResourceId = (Get-DeletedCognitiveAccount).AccountId } | Restore-CognitiveAccount",
        "[pscustomobject] @{ Name = '{0}'; ResourceGroupName = ''; Location = ''; ResourceId = $null } | "
            + "Restore-CognitiveAccount",
        "[pscustomobject] @{ AccountName = '{0}'; ResourceGroupName = 'Microsoft.CognitiveServices'; "
            + "Id = (Get-DeletedCognitiveAccount).ResourceId } | Restore-CognitiveAccount",
        "'{0}', ' {0}' | Restore-CognitiveAccount",
        "(Get-DeletedCognitiveAccount).AccountId | Restore-CognitiveAccount",
        "$all = @(Get-DeletedCognitiveAccount) * 2; Restore-CognitiveAccount -InputObject $all",
    ];

    [Fact]
    public void Of_two_accounts_of_a_name_and_group_the_first_of_the_input_is_restored()
    {
        foreach (string location in new[] { "eastus", "westus2" })
            Arm.State.AddDeletedAccount("contoso-openai", "rg-ai", location);
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, RetryAfter = "1", Method = "GET", Path = "/locations/eastus/", Times = 1,
        });

        ShellResult result = Shell.Run("""
            'eastus', 'westus2' | & { process {
                [pscustomobject]@{ Name = 'contoso-openai'; ResourceGroupName = 'rg-ai'; Location = $_ }
            } } | Restore-CognitiveAccount
            """);

        Assert.Equal("eastus", Assert.Single(result.Output).Properties["Location"].Value);
        Assert.Equal($"AccountAlreadyExists,{RestoreClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void An_account_is_restored_by_every_way_in()
    {
        int number = 0;
        Assert.All(WaysIn, script =>
        {
            string name = $"contoso-{++number}";
            GivenDeleted(name);
            Arm.ClearRequests();

            ShellResult result = Shell.Run(script.Replace("{0}", name, StringComparison.Ordinal)).ThrowIfFailed();

            PSObject account = Assert.Single(result.Output);
            Assert.Equal("CogRecover.CognitiveAccount", account.TypeNames[0]);
            Assert.Equal(name, account.Properties["Name"].Value);
            Assert.Equal("rg-ai", account.Properties["ResourceGroupName"].Value);
            Assert.Equal("Succeeded", account.Properties["ProvisioningState"].Value);
            Assert.True(Arm.State.HasAccount(name, "rg-ai"));
            Assert.Equal("PUT", Assert.Single(Writes).Method);
        });
    }

    [Fact]
    public void What_a_restore_writes_binds_to_commands_with_a_group_and_a_name()
    {
        GivenDeleted("contoso-openai");

        ShellResult result = Shell.Run("""
            function Get-Key {
                param(
                    [Parameter(Mandatory, ValueFromPipelineByPropertyName)] [string] $ResourceGroupName,
                    [Parameter(Mandatory, ValueFromPipelineByPropertyName)] [Alias('AccountName')] [string] $Name)
                process { "$ResourceGroupName/$Name" }
            }
            Restore-CognitiveAccount contoso-openai | Get-Key
            """).ThrowIfFailed();

        Assert.Equal("rg-ai/contoso-openai", Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void No_more_operations_are_under_way_than_ThrottleLimit_says()
    {
        GivenDeleted("account-1", "account-2", "account-3");

        Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -ThrottleLimit 1").ThrowIfFailed();

        DateTimeOffset[] writes = [.. Writes.Select(write => write.At)];
        Assert.Equal(3, writes.Length);
        Assert.All(writes.Zip(writes.Skip(1)), pair =>
            Assert.True(pair.Second - pair.First >= Options.RestoreTime));
    }

    [Fact]
    public void WhatIf_sends_no_write_and_names_the_account()
    {
        GivenDeleted("contoso-openai");

        Shell.Show("Restore-CognitiveAccount contoso-openai -WhatIf");

        Assert.Empty(Writes);
        Assert.Contains("What if: Restore account 'contoso-openai' (OpenAI) in resource group 'rg-ai', "
            + "location 'westus2', deleted 20",
            Screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_restore_without_its_group_sends_no_write_and_the_others_go_on()
    {
        GivenDeletedWithoutGroup("contoso-vision");
        GivenDeleted("contoso-openai");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount");

        Assert.Equal(["contoso-openai"], Names(result));
        ErrorRecord error = Assert.Single(result.Errors);
        AssertError(error, $"ResourceGroupNotFound,{RestoreClass}", ErrorCategory.ObjectNotFound, "contoso-vision",
            "'contoso-vision'", "New-AzResourceGroup -Name 'rg-retired' -Location 'eastus'");
        Assert.Equal("CogRecover.DeletedCognitiveAccount", error.TargetObject.GetType().FullName);
        Assert.EndsWith("/contoso-openai", Assert.Single(Writes).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_isnt_there_is_an_error_and_the_others_go_on()
    {
        GivenDeleted("contoso-openai");

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-gone, contoso-openai");

        Assert.Equal(["contoso-openai"], Names(result));
        AssertError(Assert.Single(result.Errors), $"DeletedAccountNotFound,{RestoreClass}",
            ErrorCategory.ObjectNotFound, "contoso-gone", "'contoso-gone'", "Get-AzCognitiveServicesAccount");
    }

    [Fact]
    public void A_name_that_two_accounts_have_lists_both_and_restores_neither()
    {
        Arm.State.AddDeletedAccount("contoso-chat", "rg-prod", "eastus");
        Arm.State.AddDeletedAccount("contoso-chat", "rg-dev", "westeurope");

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-chat");

        Assert.Empty(Writes);
        ErrorRecord error = Assert.Single(result.Errors);
        AssertError(error, $"AmbiguousAccount,{RestoreClass}", ErrorCategory.InvalidArgument, "contoso-chat",
            "'rg-prod'", "-ResourceGroupName");
        Assert.Contains("'rg-dev'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_be_no_account_is_refused_before_a_request()
    {
        (string script, string target, string action)[] given =
        [
            ("Restore-CognitiveAccount 'contoso-*'", "contoso-*", "Get-DeletedCognitiveAccount -Name"),
            ("Restore-CognitiveAccount '../x'", "../x", "Get-DeletedCognitiveAccount"),
            ("Restore-CognitiveAccount contoso -SubscriptionId Production", "contoso", "Get-AzSubscription"),
            ("Restore-CognitiveAccount -ResourceId /nonsense", "/nonsense", "ResourceId"),
            ("Restore-CognitiveAccount", "Restore-CognitiveAccount", "-Name or -ResourceId"),
            ("[pscustomobject] @{ Name = ''; ResourceId = '' } | Restore-CognitiveAccount",
                "Restore-CognitiveAccount", "-Name or -ResourceId"),
        ];

        Assert.All(given, one =>
        {
            (string script, string target, string action) = one;
            ShellResult result = Shell.Run(script);

            AssertError(Assert.Single(result.Errors), $"InvalidResourceId,{RestoreClass}",
                ErrorCategory.InvalidArgument, target, "", action);
        });
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void An_object_that_names_nothing_isnt_taken_for_a_name()
    {
        ShellResult result = Shell.Run("[pscustomobject] @{ Endpoint = 'x' } | Restore-CognitiveAccount");

        Assert.Equal($"InputObjectNotBound,{RestoreClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void What_is_restored_comes_out_while_the_input_goes_on()
    {
        GivenDeleted("contoso-one");
        Shell.Run("$one = Get-DeletedCognitiveAccount").ThrowIfFailed();

        ShellResult result = Shell.Run("""
            & {
                $one
                while (-not $global:restored) { [System.Threading.Thread]::Sleep(50); 'contoso-one' }
            } | Restore-CognitiveAccount -SkipPrerequisiteCheck | ForEach-Object { $global:restored = $true; $_ }
            """);

        Assert.NotEmpty(result.Output);
    }
}
