using System.Text;
using System.Text.Json.Nodes;
using CogRecover.Core.Http;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Accounts;

public sealed class ListTests(SmallPagesArm arm) : EngineTest(arm), IClassFixture<SmallPagesArm>
{
    [Fact]
    public async Task Every_page_is_listed_and_each_is_asked_for_once()
    {
        await GivenEightAsync();

        List<DeletedCognitiveAccount> accounts = await ListAsync();

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"account-{i}"),  accounts.Select(a => a.Name).Order());
        Assert.Equal(3, (await Arm.RequestsAsync()).Count);
    }

    [Fact]
    public async Task Each_subscription_that_a_token_shows_is_listed_once_whatever_its_tenant()
    {
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = 200, Path = "^/subscriptions$", Body = """
                {"value":[
                  {"subscriptionId":"one","state":"Enabled","tenantId":"here"},
                  {"subscriptionId":"two","state":"Enabled","tenantId":"a customer's","managedByTenants":[{}]},
                  {"subscriptionId":"ONE","state":"Enabled","tenantId":"here"},
                  {"subscriptionId":"three","state":"Disabled"}]}
                """,
        });
        List<string> subscriptions = [];

        await foreach (string subscription in Recovery.Accounts.ListSubscriptionsAsync(Cancellation))
            subscriptions.Add(subscription);

        Assert.Equal(["one", "two"], subscriptions);
    }

    [Fact]
    public async Task An_account_comes_out_before_the_next_page_is_asked_for()
    {
        await GivenEightAsync();

        await foreach (IReadOnlyList<DeletedCognitiveAccount> _ in Recovery.Accounts.ListAsync(
            Subscription, e => throw e, Cancellation)) break;

        Assert.Single(await Arm.RequestsAsync());
    }

    [Fact]
    public async Task An_account_has_all_that_the_service_says_of_it()
    {
        DateTime deleted = DateTime.UtcNow.AddHours(-6);
        await Arm.AddDeletedAccountAsync("contoso-docs", "rg-Docs", "West US 2", """
            {
              "customSubDomainName": "contoso-docs",
              "encryption": {
                "keySource": "Microsoft.KeyVault",
                "keyVaultProperties": { "keyVaultUri": "https://kv.vault.azure.net/" }
              },
              "userOwnedStorage": [{ "resourceId": "/subscriptions/x/storage" }],
              "networkAcls": { "virtualNetworkRules": [{ "id": "/subscriptions/x/subnet" }] }
            }
            """, """{"env":"prod"}""", "FormRecognizer");
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Edit, Edits =
            {
                ["/value/*/properties/deletionDate"] = deleted.ToString("o"),
                ["/value/*/properties/scheduledPurgeDate"] = deleted.AddHours(48).ToString("o"),
                ["/value/*/systemData/createdBy"] = "admin@contoso.example",
                ["/value/*/identity"] = new JsonObject
                {
                    ["type"] = "SystemAssigned, UserAssigned",
                    ["principalId"] = "11111111-2222-3333-4444-555555555555",
                    ["userAssignedIdentities"] = new JsonObject { ["/subscriptions/x/id-one"] = new JsonObject() },
                },
            },
        });

        DeletedCognitiveAccount account = Assert.Single(await ListAsync());

        Assert.Equal("contoso-docs", account.Name);
        Assert.Equal("rg-Docs", account.ResourceGroupName);
        Assert.Equal("westus2", account.Location);
        Assert.Equal(Subscription, account.SubscriptionId);
        Assert.Equal("FormRecognizer", account.Kind);
        Assert.Equal("S0", account.Sku);
        Assert.Equal(deleted, account.DeletionDate);
        Assert.Equal(DateTimeKind.Utc, account.DeletionDate!.Value.Kind);
        Assert.Equal(deleted.AddHours(48), account.ScheduledPurgeDate);
        Assert.InRange(account.TimeRemaining!.Value.TotalHours, 41.9, 42);
        Assert.Equal("contoso-docs", account.CustomSubDomainName);
        Assert.Equal("https://contoso-docs.cognitiveservices.azure.com/", account.Endpoint);
        Assert.Equal("https://kv.vault.azure.net/", account.KeyVaultUri);
        Assert.Equal(["/subscriptions/x/storage"], account.UserOwnedStorage);
        Assert.Equal(["/subscriptions/x/subnet"], account.Subnets);
        Assert.Equal("SystemAssigned, UserAssigned", account.Identity!.Type);
        Assert.Equal("11111111-2222-3333-4444-555555555555", account.Identity.PrincipalId);
        Assert.Equal(["/subscriptions/x/id-one"], account.Identity.UserAssignedIdentities);
        Assert.Equal("prod", account.Tags["env"]);
        Assert.Equal("admin@contoso.example", account.CreatedBy);
        Assert.Equal($"/subscriptions/{Subscription}/providers/Microsoft.CognitiveServices/locations/West US 2"
            + "/resourceGroups/rg-Docs/deletedAccounts/contoso-docs", account.ResourceId);
        Assert.Equal($"/subscriptions/{Subscription}/resourceGroups/rg-Docs/providers/Microsoft.CognitiveServices"
            + "/accounts/contoso-docs", account.AccountId);
    }

    [Fact]
    public async Task An_identity_of_type_None_is_none()
    {
        await Arm.AddDeletedAccountAsync("contoso-openai", "rg-ai");
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Edit, Edits = { ["/value/*/identity"] = new JsonObject { ["type"] = "None" } },
        });

        Assert.Null(Assert.Single(await ListAsync()).Identity);
    }

    [Fact]
    public async Task A_server_error_is_tried_again()
    {
        await Arm.AddDeletedAccountAsync("contoso-openai", "rg-ai");
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Status, Status = 503, Body = "", Times = 2 });

        Assert.Single(await ListAsync());
        Assert.Equal(3, (await Arm.RequestsAsync()).Count);
    }

    [Fact]
    public async Task A_server_error_that_stays_keeps_both_request_ids()
    {
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = 500,
            Body = """{"error":{"code":"InternalServerError","message":"Oh no."}}""",
            Headers =
            {
                ["x-ms-request-id"] = "request-7", ["x-ms-correlation-request-id"] = "correlation-7",
            },
        });

        RecoveryException failure = await FailureAsync(ListAsync);

        Assert.Equal(RecoveryErrorId.ServiceUnavailable, failure.ErrorId);
        Assert.Equal(500, failure.Status);
        Assert.Equal("InternalServerError", failure.ServiceErrorCode);
        Assert.Equal("request-7", failure.RequestId);
        Assert.Equal("correlation-7", failure.CorrelationRequestId);
        Assert.Contains("Oh no", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_isnt_there_is_a_connection_failure()
    {
        var recovery = new AccountRecovery(Connection(ClosedPort()));

        RecoveryException failure = await FailureAsync(() => ListAsync(recovery, Subscription));

        Assert.Equal(RecoveryErrorId.ConnectionFailed, failure.ErrorId);
    }

    [Fact]
    public async Task A_refused_token_is_an_authentication_failure()
    {
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = 401,
            Body = """{"error":{"code":"InvalidAuthenticationToken","message":"Expired."}}""",
        });

        RecoveryException failure = await FailureAsync(ListAsync);

        Assert.Equal(RecoveryErrorId.AuthenticationFailed, failure.ErrorId);
    }

    [Fact]
    public async Task A_claims_challenge_gives_the_line_to_sign_in_with()
    {
        string claims = Convert.ToBase64String(
            Encoding.UTF8.GetBytes("""{"access_token":{"acrs":{"value":"p1"}}}"""));
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = 401,
            Body = """{"error":{"code":"InsufficientClaims","message":"MFA."}}""",
            Headers =
            {
                ["WWW-Authenticate"] = "Bearer realm=\"\", "
                    + "authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
                    + $"error=\"insufficient_claims\", claims=\"{claims}\"",
            },
        });

        RecoveryException failure = await FailureAsync(ListAsync);

        Assert.Equal(RecoveryErrorId.ClaimsChallenge, failure.ErrorId);
        Assert.Equal($"Connect-AzAccount -Tenant \"{Tenant}\" -ClaimsChallenge \"{claims}\"",
            failure.RecommendedAction);
    }

    [Fact]
    public async Task An_api_version_that_the_service_doesnt_know_is_said_to_be_one()
    {
        var recovery = new AccountRecovery(new(
            Arm.Endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1))))
        {
            Transport = Framework.Transport,
            ApiVersion = "1999-01-01",
        });

        RecoveryException failure = await FailureAsync(() => ListAsync(recovery, Subscription));

        Assert.Equal(RecoveryErrorId.UnsupportedApiVersion, failure.ErrorId);
    }

    [Fact]
    public async Task A_subscription_that_is_no_guid_is_refused_before_a_request()
    {
        RecoveryException failure = await FailureAsync(() => ListAsync(Recovery, "Production"));

        Assert.Equal(RecoveryErrorId.InvalidResourceId, failure.ErrorId);
        Assert.Empty(await Arm.RequestsAsync());
    }

    [Fact]
    public async Task A_cancelled_list_asks_for_no_further_page()
    {
        await GivenEightAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (IReadOnlyList<DeletedCognitiveAccount> _ in Recovery.Accounts.ListAsync(
                Subscription, e => throw e, stop.Token))
                stop.Cancel();
        });

        Assert.Single(await Arm.RequestsAsync());
    }

    private async Task GivenEightAsync()
    {
        for (int i = 0; i < 8; i++) await Arm.AddDeletedAccountAsync($"account-{i}", "rg-ai");
    }
}

/// <summary>One whose lists have three accounts a page.</summary>
public sealed class SmallPagesArm() : ArmProcess("--page-size 3");
