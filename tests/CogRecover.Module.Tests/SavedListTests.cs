using System.Management.Automation;
using CogRecover.Sandbox.Host;
using Microsoft.PowerShell.Commands;

namespace CogRecover.Module.Tests;

/// <summary>What was approved in a list is what is purged or restored from it, however the list was kept.</summary>
public sealed class SavedListTests : ModuleTest
{
    private const string ToCsv = "Export-Csv $file; $rows = Import-Csv $file";
    private const string ToJson = "ConvertTo-Json | Set-Variable json; $rows = ConvertFrom-Json $json";
    private const string ToJsonText = "ConvertTo-Json | Set-Variable json; $rows = ConvertFrom-Json $json -DateKind String";
    private const string ToClixml = "Export-Clixml $file; $rows = Import-Clixml $file";

    public static TheoryData<string, string, string> Lists
    {
        get
        {
            var lists = new TheoryData<string, string, string>();
            foreach (string form in new[] { ToCsv, ToJson, ToJsonText, ToClixml })
            {
                lists.Add(form, "de-DE", "Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force -PassThru");
                foreach (string culture in new[] { "de-DE", "ja-JP", "en-US", "th-TH" })
                {
                    lists.Add(form, culture, "Remove-DeletedCognitiveAccount -Force -PassThru");
                    lists.Add(form, culture, "Restore-CognitiveAccount");
                }
            }

            return lists;
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_that_was_saved_is_worked_off(string form, string culture, string command)
    {
        GivenDeleted("contoso-csv", "contoso-two");
        Save(form, culture);

        ShellResult result = Shell.Run(InCulture(culture, $"$rows | {command}")).ThrowIfFailed();

        Assert.Equal(["contoso-csv", "contoso-two"], Names(result));
        Assert.Equal(2, Writes.Count());
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_doesnt_reach_an_account_that_has_taken_the_place_of_one_in_it(
        string form, string culture, string command)
    {
        DateTimeOffset before = DateTimeOffset.UtcNow.AddHours(-9);
        DateTimeOffset now = DateTimeOffset.UtcNow.AddHours(-1);
        Arm.State.AddDeletedAccount("contoso-csv", "rg-ai", "West US 2", deletionDate: before);
        Save(form, culture);
        Arm.State.AddDeletedAccount("contoso-csv", "rg-ai", "West US 2", deletionDate: now);

        ShellResult result = Shell.Run(InCulture(culture, $"$rows | {command}"));

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("DeletedAccountNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Yours was deleted at ", $"{error}", StringComparison.Ordinal);
        Assert.Contains($"this one at {now:yyyy-MM-dd HH:mm:ss} UTC", $"{error}", StringComparison.Ordinal);
        Assert.Contains("Get-DeletedCognitiveAccount", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("$account.DeletionDate")]
    [InlineData("$account.DeletionDate.ToLocalTime()")]
    [InlineData("[System.DateTimeOffset] $account.DeletionDate")]
    [InlineData("([System.DateTimeOffset] $account.DeletionDate).ToOffset([timespan] '05:30').ToString('o')")]
    [InlineData("$account.DeletionDate.ToString('o')")]
    [InlineData("$account.DeletionDate.ToString('s')")]
    [InlineData("$account.DeletionDate.ToString('u')")]
    [InlineData("$account.DeletionDate.ToString('R')")]
    [InlineData("$account.DeletionDate.ToLocalTime().ToString('s')")]
    [InlineData("$account.DeletionDate.ToString('yyyy-MM-dd HH:mm:ss') + ' UTC'")]
    [InlineData("$account.DeletionDate.ToString([cultureinfo] 'de-DE')")]
    [InlineData("$account.DeletionDate.ToString([cultureinfo]::InvariantCulture)")]
    [InlineData("[datetime]::SpecifyKind($account.DeletionDate, 'Unspecified')")]
    [InlineData("@{ deletionDate = $account.DeletionDate }")]
    [InlineData("([pscustomobject] @{ deletionDate = $account.DeletionDate.ToString('o') })")]
    [InlineData("([pscustomobject] @{ value = $account.DeletionDate; DisplayHint = 2 })")]
    public void A_date_counts_in_every_form_that_it_comes_in(string date)
    {
        GivenDeleted("contoso");

        foreach (string by in new[] { "Name = 'contoso'", $"Id = '{DeletedId("contoso")}'" })
        foreach (string column in new[] { "DeletionDate", "Properties" })
        {
            string script = InCulture("de-DE", $$"""
                $account = Get-DeletedCognitiveAccount
                $row = [pscustomobject] @{ {{by}}; {{column}} = {{date}} }
                """);
            Shell.Run(script).ThrowIfFailed();
            Assert.True(
                (bool)Shell.Run(InCulture("de-DE", "($row | Test-CognitiveAccountRestore).CanRestore"))
                    .ThrowIfFailed().Output[0].BaseObject);
            ShellResult other = Shell.Run(InCulture("de-DE", $$"""
                $account = [pscustomobject] @{ DeletionDate = $account.DeletionDate.AddSeconds(-1) }
                $row = [pscustomobject] @{ {{by}}; {{column}} = {{date}} }
                $row | Remove-DeletedCognitiveAccount -Force
                """));
            Assert.Equal($"DeletedAccountNotFound,{RemoveClass}", Assert.Single(other.Errors).FullyQualifiedErrorId);
            Assert.Empty(Writes);
        }
    }

    [Theory]
    [InlineData("DeletionDate = 'yesterday'")]
    [InlineData("DeletionDate = 45986")]
    [InlineData("DeletionDate = '45986,5'")]
    [InlineData("DeletionDate = [System.DateOnly] '2026-01-01'")]
    [InlineData("DeletionDate = [timespan] '01:00:00'")]
    [InlineData("DeletionDate = { }")]
    [InlineData("DeletionDate = @{ Date = '2026-01-01' }")]
    [InlineData("DeletionDate = [pscustomobject] @{ Date = '2026-01-01' }")]
    [InlineData("Properties = 'Microsoft.Azure.Management.CognitiveServices.Models.AccountProperties'")]
    [InlineData("Properties = [pscustomobject] @{ DeletionDate = 'soon' }")]
    public void A_row_whose_date_cant_be_read_is_an_error_and_the_others_are_worked_off(string date)
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run($$"""
            [pscustomobject] @{ Name = 'contoso-one'; {{date}} }, [pscustomobject] @{ Name = 'contoso-two' } |
                Remove-DeletedCognitiveAccount -Force -PassThru
            """);

        AssertError(Assert.Single(result.Errors), $"InvalidDeletionDate,{RemoveClass}", ErrorCategory.InvalidArgument,
            "contoso-one", "can't be read as the date of its deletion", "Get-DeletedCognitiveAccount");
        Assert.Equal(["contoso-two"], Names(result));
        Assert.Single(Writes);
    }

    [Theory]
    [InlineData("DeletionDate = $null")]
    [InlineData("DeletionDate = ' '")]
    [InlineData("Properties = [pscustomobject] @{ provisioningState = 'Succeeded' }")]
    [InlineData("Properties = @{ provisioningState = 'Succeeded' }")]
    public void A_row_without_a_date_names_the_account_that_there_is(string date)
    {
        GivenDeleted("contoso");

        Shell.Run($$"""[pscustomobject] @{ Name = 'contoso'; {{date}} } | Remove-DeletedCognitiveAccount -Force""")
            .ThrowIfFailed();

        Assert.Single(Writes);
    }

    [Fact]
    public void What_a_test_found_can_be_saved_and_restored_from()
    {
        GivenDeleted("contoso-csv");

        ShellResult result = Shell.Run(InCulture("ja-JP", """
            $file = [System.IO.Path]::GetTempFileName()
            Test-CognitiveAccountRestore contoso-csv | Export-Csv $file
            $rows = Import-Csv $file
            $rows[0].Checks
            """)).ThrowIfFailed();
        Assert.Contains("Retention: Passed.", result.Output[0].ToString(), StringComparison.Ordinal);
        Arm.State.AddDeletedAccount("contoso-csv", "rg-ai", "West US 2", deletionDate: DateTimeOffset.UtcNow.AddHours(-1));
        ShellResult restored = Shell.Run(InCulture("ja-JP", "$rows | Restore-CognitiveAccount"));

        Assert.Equal($"DeletedAccountNotFound,{RestoreClass}", Assert.Single(restored.Errors).FullyQualifiedErrorId);
        Assert.Empty(Writes);
    }

    [Fact]
    public void Tags_and_lists_read_well_in_a_CSV_file()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: account =>
        {
            account.Tags = new Dictionary<string, string> { ["env"] = "prod", ["team"] = "speech" };
            account.Properties = new() { ["userOwnedStorage"] = new System.Text.Json.Nodes.JsonArray(
                new System.Text.Json.Nodes.JsonObject { ["resourceId"] = "/one" },
                new System.Text.Json.Nodes.JsonObject { ["resourceId"] = "/two" }) };
        });

        ShellResult result = Shell.Run(InCulture("en-US", """
            $row = Get-DeletedCognitiveAccount | ConvertTo-Csv | ConvertFrom-Csv
            $row.Tags; $row.UserOwnedStorage; "[$($row.Subnets)]"
            $account = Get-DeletedCognitiveAccount
            $account.Tags['ENV']; $account.UserOwnedStorage[1]; $account.Tags.Count
            ($account | ConvertTo-Json | ConvertFrom-Json).Tags.team
            """)).ThrowIfFailed();

        Assert.Equal(
            ["env=prod; team=speech", "/one; /two", "[]", "prod", "/two", "2", "speech"],
            result.Output.Select(text => text.ToString()));
    }

    [Theory]
    [InlineData("Name = 'contoso-two'", "name")]
    [InlineData("ResourceGroupName = 'rg-web'", "resource group")]
    [InlineData("Location = 'eastus'", "location")]
    [InlineData("SubscriptionId = '00000000-1111-2222-3333-444444444444'", "subscription")]
    public void A_row_whose_id_and_names_contradict_each_other_is_an_error(string edit, string part)
    {
        GivenDeleted("contoso-one", "contoso-two");

        string row = $$"""[pscustomobject] @{ ResourceId = '{{DeletedId("contoso-one")}}'; {{edit}} }""";
        foreach (string command in new[] { "Remove-DeletedCognitiveAccount -Force", "Restore-CognitiveAccount" })
        {
            ErrorRecord error = Assert.Single(Shell.Run($"{row} | {command}").Errors);
            Assert.StartsWith("InvalidResourceId,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains($"the {part} given beside it", $"{error}", StringComparison.Ordinal);
        }

        ShellResult listed = Shell.Run($"{row} | Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force");
        Assert.Equal(
            part == "subscription" ? $"InvalidResourceId,{GetClass}" : $"DeletedAccountNotFound,{GetClass}",
            Assert.Single(listed.Errors).FullyQualifiedErrorId);
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("-ResourceGroupName rg-web")]
    [InlineData("-Location eastus")]
    [InlineData("-SubscriptionId 00000000-1111-2222-3333-444444444444")]
    public void What_is_typed_limits_what_is_piped(string typed)
    {
        GivenDeleted("contoso-one");

        ShellResult result = Shell.Run(
            $"Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force {typed}");

        Assert.Equal($"InvalidResourceId,{RemoveClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("Remove-DeletedCognitiveAccount $list -Force")]
    [InlineData("Remove-DeletedCognitiveAccount -Name @($list[0]) -Force")]
    [InlineData("Remove-DeletedCognitiveAccount -ResourceId $list -Force")]
    [InlineData("Get-DeletedCognitiveAccount $list | Remove-DeletedCognitiveAccount -Force")]
    [InlineData("Restore-CognitiveAccount $list")]
    public void Objects_that_are_given_as_names_are_none(string script)
    {
        GivenDeleted("contoso-one", "contoso-two");
        Shell.Run("$list = @(Get-DeletedCognitiveAccount)").ThrowIfFailed();
        Arm.ClearRequests();

        ShellResult result = Shell.Run(script);

        Assert.StartsWith("ParameterArgumentTransformationError,", Assert.Single(result.Errors).FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Contains("DeletedCognitiveAccount is no name. Pipe it in", $"{result.Errors[0]}", StringComparison.Ordinal);
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void A_row_keeps_its_region_and_its_group_by_whatever_name_on_the_way_through_Get()
    {
        Arm.State.AddDeletedAccount("contoso-one", "rg-ai", "eastus");
        Arm.State.AddDeletedAccount("contoso-one", "rg-ai", "westus2");
        Arm.State.AddDeletedAccount("contoso-one", "rg-web", "eastus");

        foreach (string group in new[] { "ResourceGroupName", "resourceGroup", "'RESOURCE GROUP'" })
        {
            ShellResult result = Shell.Run($$"""
                [pscustomobject] @{ Name = 'contoso-one'; {{group}} = 'rg-ai'; Location = 'East US' } |
                    Get-DeletedCognitiveAccount
                [pscustomobject] @{ Name = 'contoso-one'; {{group}} = 'rg-ai'; Location = 'East US' } |
                    Test-CognitiveAccountRestore
                """).ThrowIfFailed();

            Assert.Equal(["rg-ai eastus", "rg-ai eastus"], result.Output.Select(account =>
                $"{account.Properties["ResourceGroupName"].Value} {account.Properties["Location"].Value}"));
        }
    }

    [Fact]
    public void An_id_is_taken_for_one_wherever_it_is_piped_in()
    {
        GivenDeleted("contoso-one", "contoso-two");

        foreach (string script in new[]
        {
            $"'{DeletedId("contoso-one")}', '{LiveId("contoso-two")}' | Get-DeletedCognitiveAccount",
            $"Get-DeletedCognitiveAccount contoso-one, '{LiveId("contoso-two")}'",
            $"Get-DeletedCognitiveAccount contoso-one, '{LiveId("contoso-two")}' -AllSubscriptions",
        })
            Assert.Equal(["contoso-one", "contoso-two"], Names(Shell.Run(script).ThrowIfFailed()));
    }

    [Fact]
    public void An_edited_copy_of_a_row_isnt_taken_for_the_row()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run($$"""
            [pscustomobject] @{ Name = 'contoso-one'; ResourceId = '{{DeletedId("contoso-one")}}' },
            [pscustomobject] @{ Name = 'contoso-two'; ResourceId = '{{DeletedId("contoso-one")}}' } |
                Remove-DeletedCognitiveAccount -Force -PassThru
            """);

        Assert.Equal(["contoso-one"], Names(result));
        Assert.Equal($"InvalidResourceId,{RemoveClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void A_name_that_is_none_of_the_ids_is_an_error()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run("Remove-DeletedCognitiveAccount contoso-one, contoso-two -Force "
            + $"-ResourceId '{DeletedId("contoso-one")}'");

        AssertError(Assert.Single(result.Errors), $"InvalidResourceId,{RemoveClass}", ErrorCategory.InvalidArgument,
            "contoso-two", "none of them is its", "not both");
    }

    [Fact]
    public void An_old_and_a_new_object_of_a_name_are_two()
    {
        GivenDeleted("contoso");
        Shell.Run("$old = Get-DeletedCognitiveAccount").ThrowIfFailed();
        GivenDeleted("contoso");

        ShellResult result = Shell.Run("""
            $new = Get-DeletedCognitiveAccount
            $old, $new | Remove-DeletedCognitiveAccount -Force -PassThru
            """);

        Assert.Equal(["contoso"], Names(result));
        Assert.Equal($"DeletedAccountNotFound,{RemoveClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void A_row_whose_account_was_purged_doesnt_restore_what_lives_in_its_place()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", "West US 2", deletionDate: DateTimeOffset.UtcNow.AddHours(-9));
        Shell.Run("""
            $account = Get-DeletedCognitiveAccount
            $row = [pscustomobject] @{ Id = $account.ResourceId; DeletionDate = $account.DeletionDate }
            $account | Remove-DeletedCognitiveAccount -Force
            """).ThrowIfFailed();
        Arm.State.AddAccount("contoso", "rg-ai", "West US 2");
        Arm.ClearRequests();

        ShellResult result = Shell.Run("""
            $row | Restore-CognitiveAccount
            Restore-CognitiveAccount contoso -ResourceGroupName rg-ai -Location eastus
            """);

        Assert.Equal(
            [$"AccountAlreadyExists,{RestoreClass}", $"AccountAlreadyExists,{RestoreClass}"],
            result.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Empty(result.Output);
        Assert.Empty(Writes);
    }

    [Fact]
    public void What_Az_writes_of_a_deleted_account_is_taken()
    {
        GivenDeleted("contoso");

        ShellResult result = Shell.Run($$"""
            [pscustomobject] @{
                AccountName = 'contoso'; ResourceGroupName = 'Microsoft.CognitiveServices'; Location = 'West US 2'
                Id = '{{DeletedId("contoso")}}'
                Properties = [pscustomobject] @{ DeletionDate = (Get-DeletedCognitiveAccount).DeletionDate.ToString('o') }
            } | Remove-DeletedCognitiveAccount -Force -PassThru
            """).ThrowIfFailed();

        Assert.Equal(["contoso"], Names(result));
    }

    private void Save(string form, string culture) => Shell.Run(InCulture(culture, $"""
        $file = [System.IO.Path]::GetTempFileName()
        Get-DeletedCognitiveAccount | {form}
        [System.IO.File]::Delete($file)
        """)).ThrowIfFailed();

    private static string InCulture(string culture, string script) => $"""
        Import-Module '{typeof(ExportCsvCommand).Assembly.Location}'
        [cultureinfo]::CurrentCulture = '{culture}'
        {script}
        """;
}
