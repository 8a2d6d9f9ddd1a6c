using System.Management.Automation;
using CogRecover.Sandbox.Host;
using Microsoft.PowerShell.Commands;

namespace CogRecover.Module.Tests.Input;

/// <summary>What was approved in a list is what is purged or restored from it, however the list was kept.</summary>
public sealed class SavedListTests : ModuleTest
{
    private const string ToCsv = "Export-Csv $file; $rows = Import-Csv $file";
    private const string ToJson = "ConvertTo-Json | Set-Variable json; $rows = ConvertFrom-Json $json";
    private const string ToJsonText = "ConvertTo-Json | Set-Variable json; $rows = ConvertFrom-Json $json -DateKind String";
    private const string ToClixml = "Export-Clixml $file; $rows = Import-Clixml $file";

    private const string Restore = "Restore-CognitiveAccount";
    private const string Purge = "Remove-DeletedCognitiveAccount -Force -PassThru";
    private const string ListAndPurge = "Get-DeletedCognitiveAccount | " + Purge;

    // Each form, each culture and each command; and a CSV file, whose dates are a culture's, in every culture.
    public static TheoryData<string, string, string> Lists => new()
    {
        { ToCsv, "de-DE", Purge },
        { ToCsv, "ja-JP", ListAndPurge },
        { ToCsv, "en-US", Restore },
        { ToCsv, "th-TH", Purge },
        { ToJson, "th-TH", Restore },
        { ToJsonText, "de-DE", ListAndPurge },
        { ToClixml, "ja-JP", Purge },
    };

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

    [Fact]
    public void A_date_counts_in_every_form_that_it_comes_in()
    {
        GivenDeleted("contoso");
        string[] dates =
        [
            "$account.DeletionDate",
            "$account.DeletionDate.ToLocalTime()",
            "[System.DateTimeOffset] $account.DeletionDate",
            "([System.DateTimeOffset] $account.DeletionDate).ToOffset([timespan] '05:30').ToString('o')",
            "$account.DeletionDate.ToString('o')",
            "$account.DeletionDate.ToString('s')",
            "$account.DeletionDate.ToString('u')",
            "$account.DeletionDate.ToString('R')",
            "$account.DeletionDate.ToLocalTime().ToString('s')",
            "$account.DeletionDate.ToString('yyyy-MM-dd HH:mm:ss') + ' UTC'",
            "$account.DeletionDate.ToString([cultureinfo] 'de-DE')",
            "$account.DeletionDate.ToString([cultureinfo]::InvariantCulture)",
            "[datetime]::SpecifyKind($account.DeletionDate, 'Unspecified')",
            "@{ deletionDate = $account.DeletionDate }",
            "([pscustomobject] @{ deletionDate = $account.DeletionDate.ToString('o') })",
            "([pscustomobject] @{ value = $account.DeletionDate; DisplayHint = 2 })",
        ];

        foreach (string date in dates)
        foreach ((string by, string column) in new[]
            { ("Name = 'contoso'", "DeletionDate"), ($"Id = '{DeletedId("contoso")}'", "Properties") })
        {
            ShellResult result = Shell.Run(InCulture("de-DE", $$"""
                $account = Get-DeletedCognitiveAccount
                $row = [pscustomobject] @{ {{by}}; {{column}} = {{date}} }
                ($row | Test-CognitiveAccountRestore).CanRestore
                $account = [pscustomobject] @{ DeletionDate = $account.DeletionDate.AddSeconds(-1) }
                $row = [pscustomobject] @{ {{by}}; {{column}} = {{date}} }
                $row | Remove-DeletedCognitiveAccount -Force
                """));

            Assert.True(result.Output is [{ BaseObject: true }], $"{by}; {column} = {date}");
            Assert.Equal($"DeletedAccountNotFound,{RemoveClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
        }

        Assert.Empty(Writes);
    }

    [Fact]
    public void A_row_whose_date_cant_be_read_is_an_error_and_the_others_are_worked_off()
    {
        string[] dates =
        [
            "DeletionDate = 'yesterday'",
            "DeletionDate = 45986",
            "DeletionDate = '45986,5'",
            "DeletionDate = [System.DateOnly] '2026-01-01'",
            "DeletionDate = [timespan] '01:00:00'",
            "DeletionDate = { }",
            "DeletionDate = @{ Date = '2026-01-01' }",
            "DeletionDate = [pscustomobject] @{ Date = '2026-01-01' }",
            "Properties = 'Microsoft.Azure.Management.CognitiveServices.Models.AccountProperties'",
            "Properties = [pscustomobject] @{ DeletionDate = 'soon' }",
        ];
        string[] names = [.. dates.Select((_, number) => $"contoso-{number}")];
        GivenDeleted([.. names, "contoso-good"]);

        ShellResult result = Shell.Run($$"""
            $rows = {{string.Join(", ", dates.Zip(names, (date, name) => $"@{{ Name = '{name}'; {date} }}"))}}
            $rows + @{ Name = 'contoso-good' } | ForEach-Object { [pscustomobject] $_ } |
                Remove-DeletedCognitiveAccount -Force -PassThru
            """);

        Assert.Equal(names, result.Errors.Select(error => $"{error.TargetObject}").Order());
        Assert.All(result.Errors, error => AssertError(error, $"InvalidDeletionDate,{RemoveClass}",
            ErrorCategory.InvalidArgument, $"{error.TargetObject}", "can't be read as its deletion date",
            "Get-DeletedCognitiveAccount"));
        Assert.Equal(["contoso-good"], Names(result));
        Assert.Single(Writes);
    }

    [Fact]
    public void A_row_without_a_date_names_the_account_that_there_is()
    {
        GivenDeleted("contoso-1", "contoso-2", "contoso-3", "contoso-4");

        Shell.Run("""
            [pscustomobject] @{ Name = 'contoso-1'; DeletionDate = $null },
            [pscustomobject] @{ Name = 'contoso-2'; DeletionDate = ' ' },
            [pscustomobject] @{
                Name = 'contoso-3'; Properties = [pscustomobject] @{ provisioningState = 'Succeeded' }
            },
            [pscustomobject] @{ Name = 'contoso-4'; Properties = @{ provisioningState = 'Succeeded' } } |
                Remove-DeletedCognitiveAccount -Force
            """).ThrowIfFailed();

        Assert.Equal(4, Writes.Count());
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

    [Fact]
    public void A_row_whose_id_and_names_contradict_each_other_is_an_error()
    {
        GivenDeleted("contoso-one", "contoso-two");

        foreach ((string part, string edit) in new[]
        {
            ("name", "Name = 'contoso-two'"),
            ("resource group", "ResourceGroupName = 'rg-web'"),
            ("location", "Location = 'eastus'"),
            ("subscription", "SubscriptionId = '00000000-1111-2222-3333-444444444444'"),
        })
        {
            ShellResult result = Shell.Run($$"""
                $row = [pscustomobject] @{ ResourceId = '{{DeletedId("contoso-one")}}'; {{edit}} }
                $row | Remove-DeletedCognitiveAccount -Force
                $row | Restore-CognitiveAccount
                $row | Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force
                """);

            Assert.Equal(
                [
                    $"InvalidResourceId,{RemoveClass}", $"InvalidResourceId,{RestoreClass}",
                    part == "subscription" ? $"InvalidResourceId,{GetClass}" : $"DeletedAccountNotFound,{GetClass}",
                ],
                result.Errors.Select(error => error.FullyQualifiedErrorId));
            Assert.All(result.Errors.Take(2), error =>
                Assert.Contains($"the {part} given with it", $"{error}", StringComparison.Ordinal));
        }

        Assert.Empty(Writes);
    }

    [Fact]
    public void What_is_typed_limits_what_is_piped()
    {
        GivenDeleted("contoso-one");

        foreach (string typed in new[]
        {
            "-ResourceGroupName rg-web", "-Location eastus", "-SubscriptionId 00000000-1111-2222-3333-444444444444",
        })
        {
            ShellResult result = Shell.Run(
                $"Get-DeletedCognitiveAccount | Remove-DeletedCognitiveAccount -Force {typed}");

            Assert.Equal($"InvalidResourceId,{RemoveClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
        }

        Assert.Empty(Writes);
    }

    [Fact]
    public void Objects_that_are_given_as_names_are_none()
    {
        GivenDeleted("contoso-one", "contoso-two");
        Shell.Run("$list = @(Get-DeletedCognitiveAccount)").ThrowIfFailed();
        Arm.ClearRequests();

        foreach (string script in new[]
        {
            "Remove-DeletedCognitiveAccount $list -Force",
            "Remove-DeletedCognitiveAccount -Name @($list[0]) -Force",
            "Remove-DeletedCognitiveAccount -ResourceId $list -Force",
            "Get-DeletedCognitiveAccount $list | Remove-DeletedCognitiveAccount -Force",
            "Restore-CognitiveAccount $list",
        })
        {
            ErrorRecord error = Assert.Single(Shell.Run(script).Errors);

            Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId,
                StringComparison.Ordinal);
            Assert.Contains("DeletedCognitiveAccount isn't a name. Pipe it in", $"{error}", StringComparison.Ordinal);
        }

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
            "contoso-two", "none of them is the id of that account", "not both");
    }

    [Fact]
    public void An_old_and_a_new_object_of_a_name_are_two()
    {
        GivenDeleted("contoso");
        Shell.Run("$old = Get-DeletedCognitiveAccount").ThrowIfFailed();
        GivenDeleted("contoso");

        ShellResult result = Shell.Run("""
            $new = Get-DeletedCognitiveAccount
            $old, $new | Remove-DeletedCognitiveAccount -Force -PassThru -ThrottleLimit 1
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
