using System.Management.Automation;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.SignIn;

public sealed class SignInTests : ModuleTest
{
    private const string OtherSubscription = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";

    [Fact]
    public void Not_signed_in_names_the_command_to_sign_in()
    {
        ShellResult result = Shell.Run("Disconnect-AzAccount; Get-DeletedCognitiveAccount");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"NotSignedIn,{GetClass}", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.Contains("Connect-AzAccount -Identity", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void A_context_without_a_subscription_asks_for_one()
    {
        ShellResult result = Shell.Run("(Get-AzContext).Subscription = $null; Get-DeletedCognitiveAccount");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"NotSignedIn,{GetClass}", error.FullyQualifiedErrorId);
        Assert.Equal(Arm.Endpoint, error.TargetObject);
        Assert.Equal("This Azure context has no subscription, and -SubscriptionId isn't given.", $"{error}");
        Assert.Equal("Run Get-AzSubscription to see the subscriptions, and choose one with Set-AzContext -Subscription.",
            error.ErrorDetails.RecommendedAction);
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public void No_token_says_why()
    {
        ShellResult result = Shell.Run("""
            & (Get-Module Az.Accounts) { function script:Get-AzAccessToken { throw 'The refresh token has expired.' } }
            Get-DeletedCognitiveAccount
            """);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"AuthenticationFailed,{GetClass}", error.FullyQualifiedErrorId);
        Assert.Contains("The refresh token has expired", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_is_had_once_a_command_though_it_says_no_date()
    {
        Arm.State.AddSubscription(OtherSubscription, "Other");

        ShellResult result = Shell.Run($$"""
            & (Get-Module Az.Accounts) {
                $script:Tokens = 0
                $script:Get = ${function:Get-AzAccessToken}
                function script:Get-AzAccessToken { $script:Tokens++; & $script:Get @args }
            }
            $null = Get-DeletedCognitiveAccount -SubscriptionId {{Subscription}}, {{OtherSubscription}}
            & (Get-Module Az.Accounts) { $script:Tokens }
            """).ThrowIfFailed();

        Assert.Equal(1, Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void What_Connect_AzAccount_writes_is_a_DefaultProfile_too()
    {
        GivenDeleted("contoso-one");

        ShellResult result = Shell.Run("""
            $profile = [pscustomobject] @{ Context = Get-AzContext; Environments = @{} }
            & (Get-Module Az.Accounts) { $script:Context = $null }
            Get-DeletedCognitiveAccount -DefaultProfile $profile
            """).ThrowIfFailed();

        Assert.Equal(["contoso-one"], Names(result));
    }

    [Fact]
    public void An_endpoint_over_http_that_isnt_loopback_gets_no_token()
    {
        ShellResult result = Shell.Run("""
            $context = Get-AzContext
            $context.Environment.ResourceManagerUrl = 'http://management.contoso.example/'
            Get-DeletedCognitiveAccount
            """);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"InsecureEndpoint,{GetClass}", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
        Assert.Contains("http://management.contoso.example/", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Get-AzEnvironment", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_given_as_DefaultProfile_is_used()
    {
        GivenDeleted("contoso-one");

        ShellResult result = Shell.Run("""
            $profile = Get-AzContext
            & (Get-Module Az.Accounts) { $script:Context = $null }
            Get-DeletedCognitiveAccount -DefaultProfile $profile
            """).ThrowIfFailed();

        Assert.Equal(["contoso-one"], Names(result));
    }
}
