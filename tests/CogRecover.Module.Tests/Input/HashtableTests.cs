using System.Management.Automation;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Input;

/// <summary>Hashtables, whose keys PowerShell doesn't bind as it binds the properties of an object.</summary>
public sealed class HashtableTests : ModuleTest
{
    [Theory]
    [InlineData("@{ Name = 'contoso-one' }")]
    [InlineData("[ordered] @{ name = 'contoso-one'; ResourceGroupName = 'rg-ai'; Location = 'westus2' }")]
    [InlineData("@{ AccountName = 'contoso-one'; 'Resource group' = 'rg-ai'; Colour = 'red' }")]
    [InlineData("@{ Id = $id }")]
    [InlineData("@{ Name = 'contoso-one'; DeletionDate = $date }")]
    public void Each_command_takes_a_hashtable_by_its_keys(string row)
    {
        GivenOne();

        Assert.Equal(["contoso-one"], Names(Shell.Run($"{row} | Get-DeletedCognitiveAccount").ThrowIfFailed()));
        Assert.Equal(["contoso-one"], Names(Shell.Run($"{row} | Test-CognitiveAccountRestore").ThrowIfFailed()));
        Assert.Equal(
            ["contoso-one"], Names(Shell.Run($"Restore-CognitiveAccount -Row ({row})").ThrowIfFailed()));
        GivenOne();
        Assert.Equal(["contoso-one"], Names(Shell.Run(
            $"{row} | Remove-DeletedCognitiveAccount -Force -PassThru").ThrowIfFailed()));
    }

    [Fact]
    public void Hashtables_mix_with_names_and_objects_and_leave_nothing_to_what_follows()
    {
        GivenOne();
        Arm.State.AddDeletedAccount("contoso-two", "rg-other", "eastus");
        Arm.State.AddDeletedAccount("contoso-three", "rg-third", "eastus");

        ShellResult result = Shell.Run("""
            $rows = @{ Name = 'contoso-one'; ResourceGroupName = 'rg-ai' }, 'contoso-two',
                [pscustomobject] @{ Name = 'contoso-three' }
            $rows | Restore-CognitiveAccount
            """).ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-three", "contoso-two"], Names(result));
    }

    [Fact]
    public void What_is_on_the_command_line_wins_over_a_key()
    {
        GivenOne();
        Arm.State.AddDeletedAccount("contoso-one", "rg-other", "eastus");

        ShellResult result = Shell.Run(
            "@{ Name = 'contoso-one'; ResourceGroupName = 'rg-nowhere' } | "
            + "Restore-CognitiveAccount -ResourceGroupName rg-other").ThrowIfFailed();

        Assert.Equal("rg-other", Assert.Single(result.Output).Properties["ResourceGroupName"].Value);
    }

    [Fact]
    public void A_hashtable_of_a_deletion_at_another_time_is_left_alone()
    {
        GivenOne();

        ErrorRecord error = Assert.Single(Shell.Run("""
            @{ Name = 'contoso-one'; DeletionDate = '2020-01-01T00:00:00Z' } |
                Remove-DeletedCognitiveAccount -Force
            """).Errors);

        Assert.Equal($"DeletedAccountNotFound,{RemoveClass}", error.FullyQualifiedErrorId);
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("@{}")]
    [InlineData("@{ Nmae = 'contoso-one' }")]
    [InlineData("@{ Name = $null; Location = 'westus2' }")]
    [InlineData("@{ Name = ' ' }")]
    [InlineData("@{ Name = @{ a = 1 } }")]
    [InlineData("@{ Name = $null; ResourceGroupName = 'rg-ai' }")]
    [InlineData("@{ ResourceGroupName = 'rg-ai'; Tag = 'env=test' }")]
    [InlineData("@{ Name = (Get-AzContext) }")]
    public void A_hashtable_that_names_no_account_is_an_error(string row)
    {
        GivenOne();
        foreach (string command in new[]
        {
            $"{row} | Get-DeletedCognitiveAccount", $"Get-DeletedCognitiveAccount -Row {row}",
            $"{row} | Test-CognitiveAccountRestore", $"{row} | Restore-CognitiveAccount",
            $"{row} | Remove-DeletedCognitiveAccount -Force", $"Remove-DeletedCognitiveAccount -Force -Row {row}",
        })
        {
            ShellResult result = Shell.Run(command);

            Assert.Empty(result.Output);
            ErrorRecord error = Assert.Single(result.Errors);
            Assert.StartsWith("InvalidResourceId,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal("The hashtable has no key that names an account.", error.ToString());
            Assert.Contains("@{ Name = ", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("-InputObject @{ Name = 'contoso-one' }", "Pipe it in, or give it as -Row")]
    [InlineData("-InputObject @(@{ Name = 'contoso-one' })", "Pipe it in, or give it as -Row")]
    [InlineData("-Name @{ Name = 'contoso-one' }", "Hashtable isn't a name. Pipe it in")]
    public void A_hashtable_in_the_place_of_something_else_is_refused_with_the_way_to_give_it(string given, string way)
    {
        ErrorRecord error = Assert.Single(Shell.Run($"Restore-CognitiveAccount {given}").Errors);

        Assert.Equal($"ParameterArgumentTransformationError,{RestoreClass}", error.FullyQualifiedErrorId);
        Assert.Contains(way, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Arm.Requests);
    }

    private void GivenOne()
    {
        GivenDeleted("contoso-one");
        Shell.Run("""
            $one = Get-DeletedCognitiveAccount contoso-one
            $id = $one.ResourceId
            $date = $one.DeletionDate
            """).ThrowIfFailed();
    }

    [Fact]
    public void Hashtables_beside_piped_input_are_refused_before_anything_is_done()
    {
        GivenOne();

        ShellResult result = Shell.Run(
            "'contoso-other' | Remove-DeletedCognitiveAccount -Force -Row @{ Name = 'contoso-one' }");

        Assert.Equal("InvalidResourceId,CogRecover.Commands.RemoveDeletedCognitiveAccountCommand",
            Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Empty(Writes);
    }
}
