using System.Diagnostics;
using System.Management.Automation;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests;

public sealed class RestoreTests : ModuleTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { RestoreTime = TimeSpan.FromSeconds(1), PurgeTime = TimeSpan.FromSeconds(1) };

    public static TheoryData<string> WaysIn =>
    [
        "Get-DeletedCognitiveAccount -Name contoso-openai | Restore-CognitiveAccount",
        "Restore-CognitiveAccount contoso-openai",
        "Restore-CognitiveAccount contoso-openai rg-ai",
        "Restore-CognitiveAccount -Name contoso-openai -ResourceGroupName rg-ai -Location 'West US 2'",
        "Restore-CognitiveAccount -AccountName contoso-openai -SubscriptionId $((Get-AzContext).Subscription.Id)",
        "Restore-CognitiveAccount -ResourceId (Get-DeletedCognitiveAccount).ResourceId",
        "Restore-CognitiveAccount -Id (Get-DeletedCognitiveAccount).AccountId",
        "[pscustomobject] @{ Name = 'contoso-openai'; ResourceGroupName = 'rg-ai' } | Restore-CognitiveAccount",
        "[pscustomobject] @{ AccountName = 'contoso-openai'; Location = 'westus2'; ResourceGroupName = 'rg-ai'; "
            + "ResourceId = 'x' } | Restore-CognitiveAccount",
        "[pscustomobject] @{ ResourceId = (Get-DeletedCognitiveAccount).AccountId } | Restore-CognitiveAccount",
        "[pscustomobject] @{ Name = 'contoso-openai'; ResourceGroupName = ''; Location = ''; ResourceId = $null } | "
            + "Restore-CognitiveAccount",
        "[pscustomobject] @{ AccountName = 'contoso-openai'; ResourceGroupName = 'Microsoft.CognitiveServices'; "
            + "Id = (Get-DeletedCognitiveAccount).ResourceId } | Restore-CognitiveAccount",
        "'contoso-openai', ' contoso-openai' | Restore-CognitiveAccount",
        "(Get-DeletedCognitiveAccount).AccountId | Restore-CognitiveAccount",
        "$all = @(Get-DeletedCognitiveAccount) * 2; Restore-CognitiveAccount -InputObject $all",
    ];

    [Theory]
    [MemberData(nameof(WaysIn))]
    public void An_account_is_restored_by_every_way_in(string script)
    {
        GivenDeleted("contoso-openai");

        PSObject account = Assert.Single(Shell.Run(script).ThrowIfFailed().Output);

        Assert.Equal("CogRecover.CognitiveAccount", account.TypeNames[0]);
        Assert.Equal("contoso-openai", account.Properties["Name"].Value);
        Assert.Equal("rg-ai", account.Properties["ResourceGroupName"].Value);
        Assert.Equal("Succeeded", account.Properties["ProvisioningState"].Value);
        Assert.True(Arm.State.HasAccount("contoso-openai", "rg-ai"));
        Assert.Equal("PUT", Assert.Single(Writes).Method);
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
    public void Six_restores_and_four_purges_of_a_second_each_overlap()
    {
        GivenDeleted([.. Enumerable.Range(0, 10).Select(i => $"account-{i}")]);
        var since = Stopwatch.StartNew();

        ShellResult restored = Shell.Run(
            "Get-DeletedCognitiveAccount account-[0-5] | Restore-CognitiveAccount -Confirm:$false").ThrowIfFailed();
        ShellResult purged = Shell.Run(
            "Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force -PassThru").ThrowIfFailed();

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(4), $"It took {since.Elapsed}.");
        Assert.Equal(6, restored.Output.Count);
        Assert.Equal(["account-6", "account-7", "account-8", "account-9"], Names(purged));
        Assert.Empty(Arm.State.DeletedAccounts);
    }

    [Fact]
    public void No_more_operations_are_under_way_than_ThrottleLimit_says()
    {
        GivenDeleted("account-1", "account-2", "account-3");

        Shell.Run("Get-DeletedCognitiveAccount | Restore-CognitiveAccount -ThrottleLimit 1").ThrowIfFailed();

        DateTimeOffset[] writes = [.. Writes.Select(write => write.At)];
        Assert.Equal(3, writes.Length);
        Assert.All(writes.Zip(writes.Skip(1)), pair =>
            Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1)));
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
    public void A_refusal_keeps_the_services_code_and_request_ids()
    {
        GivenDeletedWithoutGroup("contoso-vision");

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-vision -SkipPrerequisiteCheck");

        ErrorRecord error = Assert.Single(result.Errors);
        AssertError(error, $"ResourceGroupNotFound,{RestoreClass}", ErrorCategory.ObjectNotFound, "contoso-vision",
            "'contoso-vision'", "New-AzResourceGroup -Name 'rg-retired' -Location 'eastus'");
        PSObject exception = PSObject.AsPSObject(error.Exception);
        Assert.Equal("ResourceGroupNotFound", exception.Properties["ServiceErrorCode"].Value);
        Assert.Equal(404, exception.Properties["Status"].Value);
        Assert.NotNull(exception.Properties["RequestId"].Value);
        Assert.NotNull(exception.Properties["CorrelationRequestId"].Value);
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

    [Theory]
    [InlineData("Restore-CognitiveAccount 'contoso-*'", "contoso-*", "Get-DeletedCognitiveAccount -Name")]
    [InlineData("Restore-CognitiveAccount '../x'", "../x", "Get-DeletedCognitiveAccount")]
    [InlineData("Restore-CognitiveAccount contoso -SubscriptionId Production", "contoso", "Get-AzSubscription")]
    [InlineData("Restore-CognitiveAccount -ResourceId /nonsense", "/nonsense", "ResourceId")]
    [InlineData("Restore-CognitiveAccount", "Restore-CognitiveAccount", "-Name or -ResourceId")]
    [InlineData("[pscustomobject] @{ Name = ''; ResourceId = '' } | Restore-CognitiveAccount",
        "Restore-CognitiveAccount", "-Name or -ResourceId")]
    public void What_can_be_no_account_is_refused_before_a_request(string script, string target, string action)
    {
        ShellResult result = Shell.Run(script);

        AssertError(Assert.Single(result.Errors), $"InvalidResourceId,{RestoreClass}", ErrorCategory.InvalidArgument,
            target, "", action);
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

    [Fact]
    public void No_stream_shows_the_token()
    {
        GivenDeleted("contoso-openai");

        ShellResult result = Shell.Run("""
            (Get-AzContext).Account.ExtendedProperties.AccessToken = 'hush-hush'
            Restore-CognitiveAccount contoso-openai -Verbose -Debug
            Restore-CognitiveAccount contoso-gone -Verbose -Debug
            $global:Error | ForEach-Object { $_.ToString(); $_.Exception.ToString() }
            """);

        Assert.Single(result.Errors);
        string everything = string.Join('\n', [
            .. result.Output.Select(o => o.ToString()), .. result.Errors.Select(e => e.ToString()), .. result.Warnings,
            .. result.Verbose, .. result.Debug, .. result.Progress.Select(p => p.ToString()), Screen.ToString(),
        ]);
        Assert.Contains("contoso-gone", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", everything, StringComparison.Ordinal);
        Assert.Contains(Arm.Requests, request => request.Headers["Authorization"] == "Bearer hush-hush");
    }
}
