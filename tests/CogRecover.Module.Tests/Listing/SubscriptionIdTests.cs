using System.Management.Automation;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Listing;

/// <summary>Subscriptions that a user names, on the command line or in a pipeline.</summary>
public sealed class SubscriptionIdTests : ModuleTest
{
    private const string One = "a1111111-aaaa-4aaa-8aaa-111111111111";
    private const string Two = "b2222222-bbbb-4bbb-8bbb-222222222222";
    private const string Three = "c3333333-cccc-4ccc-8ccc-333333333333";

    private static readonly string[] WaysIn =
    [
        $"Get-DeletedCognitiveAccount -SubscriptionId {One}, {Two}, {Three}",
        "$rows | Get-DeletedCognitiveAccount",
        "$rows | Get-DeletedCognitiveAccount -Name account-*",

        // What Get-AzSubscription writes.
        "$rows | ForEach-Object { $id = $_.SubscriptionId; "
            + "[pscustomobject] @{ Name = 'Contoso'; Id = $id; TenantId = 't'; SubscriptionId = $id } } | "
            + "Get-DeletedCognitiveAccount",
        $"[pscustomobject] @{{ SubscriptionId = '{One}', '{Two}', '{Three}' }} | Get-DeletedCognitiveAccount",
    ];

    private static string Rows =>
        $"$rows = '{One}', '{Two}', '{Three}' | ForEach-Object {{ [pscustomobject] @{{ SubscriptionId = $_ }} }}";

    [Fact]
    public void Several_are_listed_by_every_way_in_and_each_is_asked_once()
    {
        GivenAccounts();

        Assert.All(WaysIn, script =>
        {
            Arm.ClearRequests();

            ShellResult result = Shell.Run($"{Rows}; {script}").ThrowIfFailed();

            Assert.Equal(["account-1", "account-2", "account-3"], Names(result));
            Assert.Equal(
                [PathOf(One), PathOf(Two), PathOf(Three)], Arm.Requests.Select(request => request.Path).Order());
        });
    }

    [Fact]
    public void Text_in_the_pipeline_is_no_subscription()
    {
        ShellResult result = Shell.Run($"'{One}' | Get-DeletedCognitiveAccount");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal($"DeletedAccountNotFound,{GetClass}", error.FullyQualifiedErrorId);
        Assert.Contains($"No soft-deleted account '{One}'", $"{error}", StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void One_that_is_given_twice_is_asked_once_whatever_its_spelling()
    {
        GivenAccounts();

        ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount -SubscriptionId {One}, {One.ToUpperInvariant()}, "
            + $"{Two}, {One}").ThrowIfFailed();

        Assert.Equal(["account-1", "account-2"], Names(result));
        Assert.Equal(2, Arm.Requests.Count);
    }

    [Fact]
    public void Rows_that_name_one_again_share_a_list_whatever_its_spelling()
    {
        GivenAccounts();
        Arm.State.AddDeletedAccount("account-4", "rg-ai", subscriptionId: One);

        ShellResult result = Shell.Run($$"""
            $row = 0
            $rows = '{{One}}', '{{One.ToUpperInvariant()}}', '{{One}}', '{{One.ToUpperInvariant()}}', '{{One}}' |
                ForEach-Object { [pscustomobject] @{ SubscriptionId = $_; Name = ('account-4', 'account-1')[$row++ % 2] } }
            $rows | Get-DeletedCognitiveAccount
            """).ThrowIfFailed();

        Assert.Equal(["account-1", "account-1", "account-4", "account-4", "account-4"], Names(result));

        // The first comes as it is read, and the others from a list that is kept.
        Assert.Equal(2, Arm.Requests.Count);
    }

    [Theory]
    [InlineData("Get-DeletedCognitiveAccount -AllSubscriptions")]
    [InlineData("$rows | Get-DeletedCognitiveAccount")]
    [InlineData("Get-DeletedCognitiveAccount -SubscriptionId $rows.SubscriptionId")]
    public void One_that_the_caller_may_not_read_is_one_error_that_names_it(string script)
    {
        GivenAccounts();
        Arm.State.AddSubscription(Subscription, "Contoso Production", "Disabled");
        Arm.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.Contains(Two, StringComparison.Ordinal)) return false;
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync("""{"error":{"code":"AuthorizationFailed","message":"Not you."}}""");
            return true;
        };

        ShellResult result = Shell.Run($"{Rows}; {script}");

        Assert.Equal(["account-1", "account-3"], Names(result));
        AssertError(Assert.Single(result.Errors), $"AuthorizationFailed,{GetClass}", ErrorCategory.PermissionDenied,
            Two, $"The soft-deleted accounts of subscription {Two} couldn't be listed: ",
            "Microsoft.CognitiveServices/deletedAccounts/read");
        Assert.Contains("Not you (AuthorizationFailed)", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_wasnt_found_may_be_in_one_that_cant_be_listed()
    {
        GivenAccounts();
        var other = Guid.NewGuid();

        ShellResult result = Shell.Run(
            $"Get-DeletedCognitiveAccount account-1, account-9 -SubscriptionId {One}, {other}");

        Assert.Equal(["account-1"], Names(result));
        Assert.Equal(2, result.Errors.Count);
        Assert.Contains("SubscriptionNotFound", $"{result.Errors[0]}", StringComparison.Ordinal);
        AssertError(result.Errors[1], $"DeletedAccountNotFound,{GetClass}", ErrorCategory.ObjectNotFound, "account-9",
            $"was found in subscription {One}. It may have been purged, restored already, or deleted in another "
            + $"subscription. It may also be in subscription {other}, which couldn't be listed.", "");
    }

    private static string PathOf(string subscription) =>
        $"/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/deletedAccounts";

    private void GivenAccounts()
    {
        foreach ((string id, int number) in ((string, int)[])[(One, 1), (Two, 2), (Three, 3)])
        {
            Arm.State.AddSubscription(id, "Contoso");
            Arm.State.AddDeletedAccount($"account-{number}", "rg-ai", subscriptionId: id);
        }
    }
}
