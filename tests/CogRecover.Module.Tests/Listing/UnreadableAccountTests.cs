using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Listing;

/// <summary>Accounts in a list that can't be read: nobody is told that they aren't there.</summary>
public sealed class UnreadableAccountTests : ModuleTest
{
    [Theory]
    [InlineData("")]
    [InlineData("; SubscriptionId = (Get-AzContext).Subscription.Id")]
    public void Rows_that_are_piped_in_report_them_once_and_a_name_that_isnt_found_may_be_one_of_them(string beside)
    {
        GivenUnreadable();

        ShellResult result = Shell.Run($$"""
            'contoso*', 'contoso-one', 'contoso-two' | & { process { [pscustomobject]@{ Name = $_ {{beside}} } } } |
                Get-DeletedCognitiveAccount
            """);

        Assert.Equal([
            $"DeletedAccountNotFound,{GetClass}", $"DeletedAccountNotFound,{GetClass}",
            $"InvalidServiceResponse,{GetClass}", $"InvalidServiceResponse,{GetClass}"],
            result.Errors.Select(error => error.FullyQualifiedErrorId).Order());
        Assert.Equal(2, result.Errors.Count(error => $"{error}".Contains(
            "It may also be one of 2 accounts in the list that can't be read", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_purge_by_name_says_that_it_may_be_one_of_them()
    {
        GivenUnreadable();

        ShellResult result = Shell.Run("Remove-DeletedCognitiveAccount contoso-one -Force");

        Assert.Contains("It may also be one of 2 accounts in the list that can't be read", $"{Assert.Single(result.Errors)}",
            StringComparison.Ordinal);
    }

    private void GivenUnreadable()
    {
        GivenDeleted("contoso-one", "contoso-two");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Edit, Edits = { ["/value/*/id"] = "/subscriptions/x/foo" } });
    }
}
