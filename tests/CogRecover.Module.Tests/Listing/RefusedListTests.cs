using System.Management.Automation;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Listing;

/// <summary>What a user is told of a subscription whose accounts can't be listed, or that can have none.</summary>
public sealed class RefusedListTests : ModuleTest
{
    private const string Other = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";
    private const string TheirTenant = "0bbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbb2";

    [Theory]
    [InlineData("the tenant 'https://sts.windows.net/{0}/' associated with this subscription")]
    [InlineData("one of the tenants 'https://sts.windows.net/{1}/,https://sts.windows.net/{0}/' associated with this "
        + "subscription")]
    public void Another_tenants_subscription_is_the_line_that_signs_in_there(string must)
    {
        string theirs = string.Format(null, must, TheirTenant, Options.TenantId);
        Refuse(Other, 401, "InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer "
            + $"'https://sts.windows.net/{Options.TenantId}/'. It must match {theirs}. Please use the authority (URL) "
            + $"'https://login.windows.net/{TheirTenant}' to get the token.");

        ErrorRecord error = Assert.Single(Shell.Run($"Get-DeletedCognitiveAccount -SubscriptionId {Other}").Errors);

        Assert.Equal($"AuthenticationFailed,{GetClass}", error.FullyQualifiedErrorId);
        Assert.Equal(Other, error.TargetObject);
        Assert.Equal($"Connect-AzAccount -Tenant '{TheirTenant}' -Subscription '{Other}'",
            error.ErrorDetails.RecommendedAction);
        Assert.Single(Arm.Requests);
    }

    [Theory]
    [InlineData("MissingSubscriptionRegistration", 409)]
    [InlineData("SubscriptionNotRegistered", 409)]
    [InlineData("InvalidResourceNamespace", 404)]
    [InlineData("DisallowedOperation", 403)]
    public void A_subscription_that_can_have_no_accounts_is_no_error_and_hides_no_mistyped_name(string code, int status)
    {
        GivenDeleted("contoso");
        Arm.State.AddSubscription(Other, "Other");
        Refuse(Other, status, code, "It isn't for that.");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount contoso, contosso -AllSubscriptions -Verbose");

        Assert.Equal(["contoso"], Names(result));
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"DeletedAccountNotFound,{GetClass}", error.FullyQualifiedErrorId);
        Assert.Equal("contosso", error.TargetObject);
        Assert.Contains($"Subscription {Other} can't have deleted accounts: It isn't for that ({code}).",
            result.Verbose);
    }

    [Fact]
    public void An_account_of_a_subscription_that_can_have_none_isnt_found()
    {
        Arm.State.Unregister("Microsoft.CognitiveServices");

        ShellResult result = Shell.Run("""
            Get-DeletedCognitiveAccount
            Restore-CognitiveAccount contoso
            Restore-CognitiveAccount contoso rg-ai -Location eastus
            """);

        Assert.Empty(result.Output);
        Assert.Equal([$"DeletedAccountNotFound,{RestoreClass}", $"DeletedAccountNotFound,{RestoreClass}"],
            result.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_subscription_that_couldnt_be_listed_is_an_error_and_hides_no_mistyped_name()
    {
        GivenDeleted("contoso");
        Arm.State.AddSubscription(Other, "Other");
        Refuse(Other, 403, "AuthorizationFailed", "No.");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount contosso -AllSubscriptions");

        Assert.Equal(["AuthorizationFailed", "DeletedAccountNotFound"],
            result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal($"No soft-deleted account 'contosso' was found in subscription {Subscription}. Did you mean "
            + $"'contoso'? It may also be in subscription {Other}, which "
            + "couldn't be listed.", $"{result.Errors[1]}");
    }

    [Fact]
    public void Every_status_with_an_unknown_code_is_told_in_Azures_words()
    {
        foreach (int status in Enumerable.Range(400, 200).Where(status => status % 7 == 1 && status is not (408 or 429)))
        {
            Refuse(Subscription, status, "Unheard", "The moon is full.");

            ErrorRecord error = Assert.Single(Shell.Run("Get-DeletedCognitiveAccount").Errors);

            Assert.Equal($"The soft-deleted accounts of subscription {Subscription} couldn't be listed: The moon is "
                + "full (Unheard).", $"{error}");
        }
    }

    private void Refuse(string subscription, int status, string code, string message) => Arm.Intercept = async context =>
    {
        if (!context.Request.Path.Value!.StartsWith($"/subscriptions/{subscription}/", StringComparison.Ordinal))
            return false;
        context.Response.StatusCode = status;
        await context.Response.WriteAsync($$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""");
        return true;
    };
}
