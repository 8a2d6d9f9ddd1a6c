using System.Management.Automation;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Listing;

/// <summary>Which deleted account holds a subdomain.</summary>
public sealed class SubDomainTests : ModuleTest
{
    private const string OtherSubscription = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";
    private const string Find = "Get-DeletedCognitiveAccount -SubDomainName";

    [Theory]
    [InlineData("contoso-prod", "one")]
    [InlineData("CONTOSO-PROD", "one")]
    [InlineData("contoso-prod.openai.azure.com", "one")]
    [InlineData("'https://contoso-prod.cognitiveservices.azure.com/', https://Fabrikam.openai.azure.com", "one three")]
    [InlineData("https://contoso-*.azure.com", "one two")]
    [InlineData("contoso-*", "one two")]
    [InlineData("contoso-prod, fabrikam", "one three")]
    [InlineData("contoso-* -Kind Speech*", "two")]
    [InlineData("contoso-* -Name t*", "two")]
    [InlineData("*prod -ResourceGroupName rg-x", "")]
    [InlineData("nothing*", "")]
    [InlineData("?*", "one three two")]
    [InlineData("*", "one three two")]
    public void A_subdomain_is_a_filter_like_the_others(string filter, string names)
    {
        GivenAccounts();

        Assert.Equal(
            string.Join(' ', names.Split(' ').Order()),
            string.Join(' ', Names(Shell.Run($"{Find} {filter}").ThrowIfFailed())));
    }

    [Fact]
    public void Its_other_name_is_that_of_the_property()
    {
        GivenAccounts();

        Assert.Equal(["three"], Names(
            Shell.Run("Get-DeletedCognitiveAccount -CustomSubDomainName fabrikam").ThrowIfFailed()));
    }

    [Fact]
    public void The_subdomain_is_found_in_whatever_subscription_its_account_was_deleted()
    {
        Arm.State.AddSubscription(OtherSubscription, "Other");
        Arm.State.AddDeletedAccount("far", "rg-far", subscriptionId: OtherSubscription,
            configure: account => account.CustomSubDomainName = "contoso-prod");

        Assert.Equal(["far"], Names(Shell.Run($"{Find} contoso-prod -AllSubscriptions").ThrowIfFailed()));
    }

    [Fact]
    public void A_subdomain_that_nothing_deleted_holds_is_an_error_and_the_others_come()
    {
        GivenAccounts();

        ShellResult result = Shell.Run($"{Find} fabrikam, missing, none-*");

        Assert.Equal(["three"], Names(result));
        AssertError(
            Assert.Single(result.Errors), $"DeletedAccountNotFound,{GetClass}", ErrorCategory.ObjectNotFound, "missing",
            $"No soft-deleted account with subdomain 'missing' was found in subscription {Subscription}.",
            "Get-DeletedCognitiveAccount -SubDomainName 'missing' -AllSubscriptions");
    }

    [Fact]
    public void A_subdomain_whose_account_another_filter_leaves_out_isnt_called_missing()
    {
        GivenAccounts();

        ShellResult result = Shell.Run($"{Find} fabrikam -ResourceGroupName rg-x");

        Assert.Empty(result.Output);
        AssertError(
            Assert.Single(result.Errors), $"DeletedAccountNotFound,{GetClass}", ErrorCategory.ObjectNotFound,
            "fabrikam", "A soft-deleted account has subdomain 'fabrikam', but", "-SubDomainName 'fabrikam'");
    }

    [Fact]
    public void A_name_whose_subdomain_is_another_is_left_out_and_says_so()
    {
        GivenAccounts();

        ShellResult result = Shell.Run($"{Find} contoso-* -Name three");

        Assert.Empty(result.Output);
        Assert.Contains("kind, subdomain, tag, person, time", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_and_a_subdomain_of_two_accounts_are_one_error()
    {
        GivenAccounts();

        ShellResult result = Shell.Run($"{Find} contoso-prod -Name three");

        Assert.StartsWith("Account 'three' is soft-deleted, but ", Assert.Single(result.Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_cant_be_read_leaves_open_whether_the_subdomain_is_held()
    {
        GivenAccounts();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed" });

        Assert.Equal($"AuthorizationFailed,{GetClass}",
            Assert.Single(Shell.Run($"{Find} missing").Errors).FullyQualifiedErrorId);
    }

    private void GivenAccounts()
    {
        Add("one", "OpenAI", "contoso-prod");
        Add("two", "SpeechServices", "contoso-test");
        Add("three", "OpenAI", "Fabrikam");
        Add("four", "Face", null);

        void Add(string name, string kind, string? subDomain) => Arm.State.AddDeletedAccount(
            name, "rg-ai", kind: kind, configure: account => account.CustomSubDomainName = subDomain);
    }
}
