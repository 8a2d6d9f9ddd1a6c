using System.Management.Automation;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Host;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Module.Tests.Listing;

public sealed class GetTests : ModuleTest
{
    private const string OtherSubscription = "5c6a0f55-2f4e-4f0d-8a33-6f1f0c1d2e3f";

    [Fact]
    public void Accounts_are_listed_with_their_group_and_dates()
    {
        GivenDeleted("contoso-openai");

        PSObject account = Assert.Single(Shell.Run("Get-DeletedCognitiveAccount").ThrowIfFailed().Output);

        Assert.Equal("CogRecover.DeletedCognitiveAccount", account.TypeNames[0]);
        Assert.Equal("rg-ai", account.Properties["ResourceGroupName"].Value);
        Assert.Equal("westus2", account.Properties["Location"].Value);
        Assert.Equal(Subscription, account.Properties["SubscriptionId"].Value);
        Assert.Equal(DateTimeKind.Utc, Assert.IsType<DateTime>(account.Properties["DeletionDate"].Value).Kind);
        Assert.InRange(((TimeSpan)account.Properties["TimeRemaining"].Value).TotalHours, 47, 48);
    }

    [Fact]
    public void A_filter_lets_through_what_it_says()
    {
        Arm.State.AddDeletedAccount("contoso-one", "rg-one", "westus2", "OpenAI");
        Arm.State.AddDeletedAccount("contoso-two", "rg-two", "Sweden Central", "SpeechServices");
        Arm.State.AddDeletedAccount(
            "other", "rg-one", "eastus", "Face", deletionDate: DateTimeOffset.UtcNow.AddHours(-45));
        (string filter, string names)[] filters =
        [
            ("-Name contoso-*", "contoso-one contoso-two"),
            ("-Name CONTOSO-ONE", "contoso-one"),
            ("contoso-one, other", "contoso-one other"),
            ("-ResourceGroupName *-two", "contoso-two"),
            ("-Kind Speech*, Face", "contoso-two other"),
            ("-Location 'West US 2'", "contoso-one"),
            ("-Location SWEDENCENTRAL, eastus", "contoso-two other"),
            ("-Name *one -Kind Face", ""),
            ("-Name nothing-*", ""),
            ("-ExpiringWithin 04:00:00", "other"),
        ];

        Assert.All(filters, one =>
        {
            (string filter, string names) = one;
            ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount {filter}").ThrowIfFailed();

            Assert.Equal(names, string.Join(' ', Names(result)));
        });
    }

    [Fact]
    public void A_name_that_isnt_there_is_an_error_and_the_others_come()
    {
        GivenDeleted("contoso-openai");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount -Name contoso-gone, contoso-openai, none-*");

        Assert.Equal(["contoso-openai"], Names(result));
        AssertError(Assert.Single(result.Errors), $"DeletedAccountNotFound,{GetClass}", ErrorCategory.ObjectNotFound,
            "contoso-gone", "'contoso-gone'", "Get-DeletedCognitiveAccount");
    }

    [Fact]
    public void An_id_of_something_else_is_an_error_and_the_others_come()
    {
        GivenDeleted("contoso-one");
        (string id, string reason)[] ids =
        [
            ("contoso", "it isn't a resource id"),
            ("/subscriptions/{s}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/x",
                "Microsoft.Storage/storageAccounts"),
        ];

        Assert.All(ids, one =>
        {
            (string id, string reason) = one;
            id = id.Replace("{s}", Subscription);

            ShellResult result = Shell.Run(
                $"Get-DeletedCognitiveAccount -ResourceId '{id}', '{LiveId("contoso-one")}'");

            Assert.Equal(["contoso-one"], Names(result));
            AssertError(Assert.Single(result.Errors), $"InvalidResourceId,{GetClass}", ErrorCategory.InvalidArgument,
                id, reason, "ResourceId");
        });
    }

    [Fact]
    public void What_a_list_property_holds_has_an_index()
    {
        Arm.State.AddDeletedAccount("contoso", "rg-ai", configure: account => account.Identity = new()
        {
            ["type"] = "UserAssigned", ["userAssignedIdentities"] = new JsonObject { ["/one"] = null, ["/two"] = null },
        });

        ShellResult result = Shell.Run("""
            (Get-DeletedCognitiveAccount).Identity.UserAssignedIdentities[1]
            (Test-CognitiveAccountRestore contoso).Checks[0].Name
            """).ThrowIfFailed();

        Assert.Equal(["/two", "Identity"], result.Output.Select(text => text.ToString()));
    }

    [Fact]
    public void A_subscription_that_fails_is_one_error_and_the_others_come()
    {
        Arm.State.AddSubscription(OtherSubscription, "Other");
        Arm.State.AddDeletedAccount("contoso-other", "rg-other", subscriptionId: OtherSubscription);

        ShellResult result = Shell.Run(
            $"Get-DeletedCognitiveAccount -SubscriptionId Production, {Guid.NewGuid()}, {OtherSubscription}");

        Assert.Equal(["contoso-other"], Names(result));
        Assert.Equal(2, result.Errors.Count);
        ErrorRecord noGuid = Assert.Single(result.Errors, error => (string)error.TargetObject == "Production");
        AssertError(noGuid, $"InvalidResourceId,{GetClass}", ErrorCategory.InvalidArgument, "Production", "GUID",
            "Get-AzSubscription");
    }

    [Fact]
    public void A_name_that_another_filter_leaves_out_isnt_said_to_be_purged()
    {
        GivenDeleted("contoso-openai");

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount contoso-openai -Kind Face");

        AssertError(Assert.Single(result.Errors), $"DeletedAccountNotFound,{GetClass}", ErrorCategory.ObjectNotFound,
            "contoso-openai", "is soft-deleted, but",
            $"Get-DeletedCognitiveAccount -SubscriptionId '{Subscription}' -Name 'contoso-openai'");
    }

    [Fact]
    public void What_other_modules_write_binds_to_what_it_means()
    {
        GivenDeleted("contoso-one", "contoso-two");
        Arm.State.AddDeletedAccount("other", "rg-other");
        (string piped, string names)[] rows =
        [
            ("[pscustomobject] @{ ResourceGroupName = 'rg-ai'; Location = 'eastus'; "
                + "ResourceId = '/subscriptions/{s}/resourceGroups/rg-ai' }",
                "contoso-one contoso-two"),
            ("[pscustomobject] @{ Name = 'Production'; Id = '{s}'; SubscriptionId = '{s}' }",
                "contoso-one contoso-two other"),
            ("[pscustomobject] @{ AccountName = 'contoso-one'; ResourceGroupName = 'Microsoft.CognitiveServices'; "
                + "Location = 'West US 2'; Id = '{id}' }", "contoso-one"),
        ];

        Assert.All(rows, one =>
        {
            (string piped, string names) = one;
            piped = piped.Replace("{s}", Subscription).Replace("{id}", DeletedId("contoso-one"));

            ShellResult result = Shell.Run($"{piped} | Get-DeletedCognitiveAccount").ThrowIfFailed();

            Assert.Equal(names, string.Join(' ', Names(result)));
        });
    }

    [Fact]
    public void Rows_that_are_piped_in_share_one_list()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run("""
            $rows = 'contoso-one', 'contoso-two' | ForEach-Object { [pscustomobject] @{ Name = $_ } }
            $rows | Get-DeletedCognitiveAccount
            """).ThrowIfFailed();

        Assert.Equal(["contoso-one", "contoso-two"], Names(result));
        Assert.Single(Arm.Requests);
    }

    [Fact]
    public void An_account_that_cant_be_read_is_one_error_and_the_others_come()
    {
        Arm.Intercept = async context =>
        {
            await context.Response.WriteAsync($$"""
                {"value":[{"id":"{{DeletedId("one")}}"},{"name":"bad","id":"/nonsense"},
                  {"id":"{{DeletedId("two", "rg (old) é", "West US 2 (Stage)")}}"}]}
                """);
            return true;
        };

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount");

        Assert.Equal(["one", "two"], Names(result));
        AssertError(Assert.Single(result.Errors), $"InvalidServiceResponse,{GetClass}", ErrorCategory.ProtocolError,
            Subscription, "'bad'", "Run the command again");
    }

    [Theory]
    [InlineData("tr-TR", "Get-DeletedCognitiveAccount CONTOSO-AI-*")]
    [InlineData("tr-TR", "Get-DeletedCognitiveAccount -Kind openai -ResourceGroupName RG-AI")]
    public void A_users_culture_doesnt_hide_an_account(string culture, string script)
    {
        GivenDeleted("contoso-ai-hub");

        ShellResult result = Shell.Run(
            $"[System.Threading.Thread]::CurrentThread.CurrentCulture = '{culture}'; {script}").ThrowIfFailed();

        Assert.Equal(["contoso-ai-hub"], Names(result));
    }

    [Fact]
    public void An_unreadable_answer_is_said_to_be_one()
    {
        Arm.Intercept = async context =>
        {
            await context.Response.WriteAsync("<html>Sign in to the network</html>");
            return true;
        };

        ShellResult result = Shell.Run("Get-DeletedCognitiveAccount");

        AssertError(Assert.Single(result.Errors), $"InvalidServiceResponse,{GetClass}", ErrorCategory.ProtocolError,
            Subscription, "isn't JSON", "proxy");
    }

    [Fact]
    public void An_api_version_that_is_asked_for_is_sent()
    {
        Shell.Run("Get-DeletedCognitiveAccount -ApiVersion 2021-04-30").ThrowIfFailed();

        Assert.EndsWith("?api-version=2021-04-30", Assert.Single(Arm.Requests).RawTarget, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_makes_no_sense_is_refused()
    {
        (string parameter, string says)[] given =
        [
            ("-ApiVersion latest", "ApiVersion"),
            ("-Kind @('', ' ')", "Kind"),
            ("-ExpiringWithin $undefined", "ExpiringWithin"),
        ];

        Assert.All(given, one =>
        {
            (string parameter, string says) = one;
            ShellResult result = Shell.Run($"Get-DeletedCognitiveAccount {parameter}");

            ErrorRecord error = Assert.Single(result.Errors);
            Assert.StartsWith(
                "ParameterArgumentValidationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void An_account_that_is_piped_back_is_looked_up_again()
    {
        GivenDeleted("contoso-one", "contoso-two");

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount -Name contoso-one | Get-DeletedCognitiveAccount").ThrowIfFailed();

        Assert.Equal(["contoso-one"], Names(result));
    }
}
