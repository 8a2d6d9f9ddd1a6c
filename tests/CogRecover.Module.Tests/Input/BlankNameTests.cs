using System.Management.Automation;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Input;

/// <summary>Files have blank lines, and blanks around names. Nothing in a file stands for everything.</summary>
public sealed class BlankNameTests : ModuleTest
{
    private const string Lines = "'contoso-one ', '', \"`tcontoso-two\", '   ', $null, \"contoso-three`u{a0}\"";

    [Theory]
    [InlineData("Get-DeletedCognitiveAccount -Name {0}")]
    [InlineData("{0} | Get-DeletedCognitiveAccount")]
    [InlineData("Restore-CognitiveAccount -Name {0}")]
    [InlineData("{0} | Restore-CognitiveAccount")]
    [InlineData("{0} | Restore-CognitiveAccount -ErrorAction Stop")]
    [InlineData("{0} | Test-CognitiveAccountRestore")]
    [InlineData("{0} | Remove-DeletedCognitiveAccount -Force -PassThru")]
    [InlineData("Remove-DeletedCognitiveAccount -Name {0} -Force -PassThru -ResourceGroupName 'rg-ai '")]
    [InlineData("{0} | ForEach-Object {{ [pscustomobject] @{{ Name = $_; ResourceGroupName = $null }} }} | "
        + "Restore-CognitiveAccount -Location ' West US 2'")]
    [InlineData("{0} | Get-DeletedCognitiveAccount -ResourceGroupName '', ' rg-ai '")]
    [InlineData("{0} | ForEach-Object {{ [pscustomobject] @{{ Name = $_; ResourceGroupName = ''; Location = ' '; "
        + "SubscriptionId = '' }} }} | Get-DeletedCognitiveAccount")]
    public void Blank_lines_are_left_out_and_names_trimmed(string script)
    {
        GivenDeleted("contoso-one", "contoso-two", "contoso-three", "contoso-other");

        ShellResult result = Shell.Run(string.Format(null, script, Lines)).ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-three", "contoso-two"], Names(result));
    }

    [Fact]
    public void Where_all_is_blank_nothing_is_named()
    {
        GivenDeleted("contoso-one");
        string[] scripts =
        [
            "'', ' ' | Get-DeletedCognitiveAccount",
            "[pscustomobject] @{ Name = '' } | Get-DeletedCognitiveAccount",
            "[pscustomobject] @{ Name = $null; ResourceGroupName = 'rg-ai' } | Get-DeletedCognitiveAccount",
            "'', $null | Restore-CognitiveAccount",
            "'' | Remove-DeletedCognitiveAccount -Force",
        ];

        Assert.All(scripts, script =>
        {
            ShellResult result = Shell.Run(script);

            ErrorRecord error = Assert.Single(result.Errors);
            Assert.StartsWith("InvalidResourceId,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal("No account is named.", error.ToString());
            Assert.Empty(result.Output);
        });
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void A_variable_that_isnt_set_doesnt_leave_a_parameter_out()
    {
        GivenDeleted("contoso-one", "contoso-two");
        (string script, string parameter)[] given =
        [
            ("Remove-DeletedCognitiveAccount contoso-one -Force -ResourceGroupName $undefined", "ResourceGroupName"),
            ("Remove-DeletedCognitiveAccount contoso-one -Force -Location ''", "Location"),
            ("'contoso-one', 'contoso-two' | Remove-DeletedCognitiveAccount -Force -SubscriptionId ' '",
                "SubscriptionId"),
            ("Remove-DeletedCognitiveAccount contoso-one -Force -DeletionDate $undefined", "DeletionDate"),
            ("Remove-DeletedCognitiveAccount contoso-one -Force -ResourceId $undefined", "ResourceId"),
            ("Restore-CognitiveAccount contoso-one -ResourceGroupName $undefined", "ResourceGroupName"),
            ("Remove-DeletedCognitiveAccount -Name '' -ResourceGroupName rg-ai -Force", "Name"),
            ("Get-DeletedCognitiveAccount -Name $undefined | Remove-DeletedCognitiveAccount -Force", "Name"),
            ("Get-DeletedCognitiveAccount -ResourceGroupName ''", "ResourceGroupName"),
            ("Get-DeletedCognitiveAccount -Row $undefined | Remove-DeletedCognitiveAccount -Force", "Row"),
            ("Get-DeletedCognitiveAccount -Row @()", "Row"),
            ("Get-DeletedCognitiveAccount -Location ' '", "Location"),
            ("Get-DeletedCognitiveAccount -SubscriptionId $undefined", "SubscriptionId"),
            ("Get-DeletedCognitiveAccount -Name ''", "Name"),
            ("Get-DeletedCognitiveAccount -Name @()", "Name"),
            ("Get-DeletedCognitiveAccount -Name ' ', '' -ResourceGroupName rg-ai", "Name"),
            ("Get-DeletedCognitiveAccount -Name '' -AllSubscriptions", "Name"),
            ("Get-DeletedCognitiveAccount -DeletionDate $undefined", "DeletionDate"),
            ("Get-DeletedCognitiveAccount -ResourceId $undefined -ResourceGroupName rg-ai", "ResourceId"),
        ];

        Assert.All(given, one =>
        {
            (string script, string parameter) = one;
            ShellResult result = Shell.Run(script);

            ErrorRecord error = Assert.Single(result.Errors);
            Assert.StartsWith("InvalidResourceId,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal($"-{parameter} is blank, and nothing was done.", $"{error}");
            Assert.Empty(result.Output);
        });
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void A_row_that_names_nothing_lists_nothing()
    {
        GivenDeleted("contoso-one");
        string[] rows =
        [
            "[pscustomobject] @{ Account = 'x'; DeletionDate = '' }",
            "[pscustomobject] @{ Account = 'x'; Properties = [pscustomobject] @{ provisioningState = 'Succeeded' } }",
            "[pscustomobject] @{ Account = 'x'; Location = 'eastus' }",
        ];

        Assert.All(rows, row =>
        {
            ShellResult result = Shell.Run($"{row} | Get-DeletedCognitiveAccount");

            Assert.Equal("No account is named.", Assert.Single(result.Errors).ToString());
        });
        Assert.Empty(Arm.Requests);
    }

    [Theory]
    [InlineData("Get-DeletedCognitiveAccount")]
    [InlineData("Restore-CognitiveAccount")]
    [InlineData("Remove-DeletedCognitiveAccount -Force -PassThru")]
    public void A_row_that_has_lost_its_name_alone_is_an_error(string command)
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run($$"""
            [pscustomobject] @{ Name = ''; ResourceGroupName = 'rg-ai' },
            [pscustomobject] @{ Name = 'contoso-one'; ResourceGroupName = 'rg-ai' },
            [pscustomobject] @{ Name = '' } | {{command}}
            """);

        Assert.Equal("No account is named.", Assert.Single(result.Errors).ToString());
        Assert.Equal(["contoso-one"], Names(result));
    }

    [Fact]
    public void A_row_without_a_name_isnt_taken_for_one_that_has_lost_it()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run($$"""
            [pscustomobject] @{ Name = 'contoso-one' }, [pscustomobject] @{ SubscriptionId = '{{Subscription}}' } |
                Get-DeletedCognitiveAccount
            """).ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-one", "contoso-two"], Names(result));
    }
}
