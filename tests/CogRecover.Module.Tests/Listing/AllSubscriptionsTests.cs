using System.Management.Automation;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Listing;

public sealed class AllSubscriptionsTests : ModuleTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { PageSize = 2, Latency = TimeSpan.FromMilliseconds(30) };

    [Fact]
    public void Every_subscription_that_is_enabled_is_listed_from_all_pages()
    {
        GivenSubscriptions("Enabled", "Warned", "PastDue", "Disabled", "Deleted");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount -AllSubscriptions").ThrowIfFailed();

        Assert.Equal(["account-Enabled", "account-PastDue", "account-Warned"], Names(result));
        Assert.DoesNotContain(Arm.Requests, request => request.Path.StartsWith(
            $"/subscriptions/{Arm.State.Subscriptions[4].SubscriptionId}/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_filter_counts_over_all_of_them_and_a_name_that_is_nowhere_is_one_error()
    {
        GivenSubscriptions("Enabled", "Warned");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount account-W*, contoso-gone -AllSubscriptions");

        Assert.Equal(["account-Warned"], Names(result));
        Assert.Equal($"DeletedAccountNotFound,{GetClass}", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void A_tenant_without_a_subscription_says_so()
    {
        Arm.Intercept = async context =>
        {
            await context.Response.WriteAsync("""{"value":[]}""");
            return true;
        };

        AssertError(Assert.Single(Shell.Run("Get-DeletedCognitiveAccount -AllSubscriptions").Errors),
            $"AuthorizationFailed,{GetClass}", ErrorCategory.PermissionDenied, Options.TenantId, "can't see any enabled subscription",
            "Get-AzSubscription");
    }

    [Fact]
    public void A_tenant_whose_subscriptions_are_all_disabled_says_so()
    {
        Arm.State.AddSubscription(Subscription, "Contoso Production", "Disabled");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount contoso -AllSubscriptions");

        AssertError(Assert.Single(result.Errors), $"AuthorizationFailed,{GetClass}", ErrorCategory.PermissionDenied,
            Options.TenantId, "can't see any enabled subscription", "Connect-AzAccount -Tenant");
        Assert.Single(Arm.Requests);
    }

    [Fact]
    public void Subscriptions_of_customers_that_are_delegated_to_the_tenant_are_listed_too()
    {
        string delegated = Guid.NewGuid().ToString();
        Arm.State.AddSubscription(delegated, "A customer's");
        Arm.State.AddDeletedAccount("theirs", "rg-ai", subscriptionId: delegated);
        GivenDeleted("ours");
        Arm.Intercept = async context =>
        {
            if (context.Request.Path != "/subscriptions") return false;
            await context.Response.WriteAsync($$"""
                {"value":[
                  {"subscriptionId":"{{delegated}}","state":"Enabled","tenantId":"{{Guid.NewGuid()}}",
                    "managedByTenants":[{"tenantId":"{{Options.TenantId}}"}]},
                  {"subscriptionId":"{{Subscription}}","state":"Enabled","tenantId":"{{Options.TenantId}}"}]}
                """);
            return true;
        };

        Assert.Equal(
            ["ours", "theirs"], Names(Shell.Run("Get-DeletedCognitiveAccount -AllSubscriptions").ThrowIfFailed()));
    }

    [Theory]
    [InlineData(403, "AuthorizationFailed")]
    [InlineData(400, "InvalidServiceResponse")]
    public void Where_the_list_of_subscriptions_breaks_off_a_name_that_wasnt_found_may_be_in_the_rest(
        int status, string id)
    {
        GivenSubscriptions("Enabled", "Warned", "PastDue");
        Arm.Intercept = async context =>
        {
            if (context.Request.Path != "/subscriptions" || !context.Request.Query.ContainsKey("$skiptoken"))
                return false;
            context.Response.StatusCode = status;
            await context.Response.WriteAsync("""{"error":{"code":"Odd","message":"No."}}""");
            return true;
        };

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount account-Enabled, account-PastDue -AllSubscriptions");

        Assert.Equal(["account-Enabled"], Names(result));
        Assert.Equal(2, result.Errors.Count);
        AssertError(result.Errors[0], $"{id},{GetClass}", result.Errors[0].CategoryInfo.Category,
            Options.TenantId, "The subscriptions couldn't be listed: ", "");
        AssertError(result.Errors[1], $"DeletedAccountNotFound,{GetClass}", ErrorCategory.ObjectNotFound,
            "account-PastDue", "It may also be in a subscription that wasn't found, because listing the subscriptions failed.", "");
    }

    private void GivenSubscriptions(params string[] states)
    {
        foreach (string state in states)
        {
            string id = Guid.NewGuid().ToString();
            Arm.State.AddSubscription(id, $"Contoso {state}", state);
            Arm.State.AddDeletedAccount($"account-{state}", "rg-ai", subscriptionId: id);
        }
    }
}
