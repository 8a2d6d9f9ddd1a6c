using System.Text.Json.Nodes;
using CogRecover.Core.Http;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Accounts;

public sealed class ListTests : EngineTest
{
    private protected override SimulatedArmOptions Options => base.Options with { PageSize = 3 };

    [Fact]
    public async Task Every_page_is_listed_and_each_is_asked_for_once()
    {
        for (int i = 0; i < 8; i++) Arm.State.AddDeletedAccount($"account-{i}", "rg-ai");

        List<DeletedCognitiveAccount> accounts = await ListAsync();

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"account-{i}"), accounts.Select(a => a.Name).Order());
        Assert.Equal(3, Arm.Requests.Count);
    }

    [Fact]
    public async Task Each_subscription_that_a_token_shows_is_listed_once_whatever_its_tenant()
    {
        Arm.Intercept = async context =>
        {
            await WriteAsync(context, 200, """
                {"value":[
                  {"subscriptionId":"one","state":"Enabled","tenantId":"here"},
                  {"subscriptionId":"two","state":"Enabled","tenantId":"a customer's","managedByTenants":[{}]},
                  {"subscriptionId":"ONE","state":"Enabled","tenantId":"here"},
                  {"subscriptionId":"three","state":"Disabled"}]}
                """);
            return true;
        };

        Assert.Equal(["one", "two"], await Recovery.Accounts.ListSubscriptionsAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task An_account_comes_out_before_the_next_page_is_asked_for()
    {
        for (int i = 0; i < 8; i++) Arm.State.AddDeletedAccount($"account-{i}", "rg-ai");

        await foreach (IReadOnlyList<DeletedCognitiveAccount> _ in Recovery.Accounts.ListAsync(
            Subscription, e => throw e, Cancellation)) break;

        Assert.Single(Arm.Requests);
    }

    [Fact]
    public async Task An_account_has_all_that_the_service_says_of_it()
    {
        DateTimeOffset deleted = DateTimeOffset.UtcNow.AddHours(-6);
        Arm.State.AddDeletedAccount("contoso-docs", "rg-Docs", "West US 2", "FormRecognizer", "S0", account =>
        {
            account.CustomSubDomainName = "contoso-docs";
            account.Tags = new Dictionary<string, string> { ["env"] = "prod" };
            account.CreatedBy = "admin@contoso.example";
            account.Identity = new JsonObject
            {
                ["type"] = "SystemAssigned, UserAssigned",
                ["principalId"] = "11111111-2222-3333-4444-555555555555",
                ["userAssignedIdentities"] = new JsonObject { ["/subscriptions/x/id-one"] = new JsonObject() },
            };
            account.Properties = new JsonObject
            {
                ["encryption"] = new JsonObject
                {
                    ["keySource"] = "Microsoft.KeyVault",
                    ["keyVaultProperties"] = new JsonObject { ["keyVaultUri"] = "https://kv.vault.azure.net/" },
                },
                ["userOwnedStorage"] = new JsonArray(new JsonObject { ["resourceId"] = "/subscriptions/x/storage" }),
                ["networkAcls"] = new JsonObject
                {
                    ["virtualNetworkRules"] = new JsonArray(new JsonObject { ["id"] = "/subscriptions/x/subnet" }),
                },
            };
        }, deletionDate: deleted);

        DeletedCognitiveAccount account = Assert.Single(await ListAsync());

        Assert.Equal("contoso-docs", account.Name);
        Assert.Equal("rg-Docs", account.ResourceGroupName);
        Assert.Equal("westus2", account.Location);
        Assert.Equal(Subscription, account.SubscriptionId);
        Assert.Equal("FormRecognizer", account.Kind);
        Assert.Equal("S0", account.Sku);
        Assert.Equal(deleted.UtcDateTime, account.DeletionDate);
        Assert.Equal(DateTimeKind.Utc, account.DeletionDate!.Value.Kind);
        Assert.Equal(deleted.UtcDateTime.AddHours(48), account.ScheduledPurgeDate);
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
        Arm.State.AddDeletedAccount("contoso-openai", "rg-ai", configure: account =>
            account.Identity = new JsonObject { ["type"] = "None" });

        Assert.Null(Assert.Single(await ListAsync()).Identity);
    }

    [Fact]
    public async Task A_server_error_is_tried_again()
    {
        Arm.State.AddDeletedAccount("contoso-openai", "rg-ai");
        int failures = 2;
        Arm.Intercept = async context =>
        {
            if (failures-- <= 0) return false;
            await WriteAsync(context, 503, "");
            return true;
        };

        Assert.Single(await ListAsync());
        Assert.Equal(3, Arm.Requests.Count);
    }

    [Fact]
    public async Task A_server_error_that_stays_keeps_both_request_ids()
    {
        Arm.Intercept = async context =>
        {
            context.Response.Headers["x-ms-request-id"] = "request-7";
            context.Response.Headers["x-ms-correlation-request-id"] = "correlation-7";
            await WriteAsync(context, 500, """{"error":{"code":"InternalServerError","message":"Oh no."}}""");
            return true;
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(ListAsync);

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
        await Arm.DisposeAsync();

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(ListAsync);

        Assert.Equal(RecoveryErrorId.ConnectionFailed, failure.ErrorId);
    }

    [Fact]
    public async Task A_refused_token_is_an_authentication_failure()
    {
        Arm.Intercept = async context =>
        {
            await WriteAsync(context, 401, """{"error":{"code":"InvalidAuthenticationToken","message":"Expired."}}""");
            return true;
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(ListAsync);

        Assert.Equal(RecoveryErrorId.AuthenticationFailed, failure.ErrorId);
    }

    [Fact]
    public async Task A_claims_challenge_gives_the_line_to_sign_in_with()
    {
        string claims = Convert.ToBase64String("""{"access_token":{"acrs":{"value":"p1"}}}"""u8);
        Arm.Intercept = async context =>
        {
            context.Response.Headers.WWWAuthenticate =
                "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
                + $"error=\"insufficient_claims\", claims=\"{claims}\"";
            await WriteAsync(context, 401, """{"error":{"code":"InsufficientClaims","message":"MFA."}}""");
            return true;
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(ListAsync);

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
            ApiVersion = "1999-01-01",
        });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => ListAsync(recovery, Subscription));

        Assert.Equal(RecoveryErrorId.UnsupportedApiVersion, failure.ErrorId);
    }

    [Fact]
    public async Task A_subscription_that_is_no_guid_is_refused_before_a_request()
    {
        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => ListAsync(Recovery, "Production"));

        Assert.Equal(RecoveryErrorId.InvalidResourceId, failure.ErrorId);
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public async Task A_cancelled_list_asks_for_no_further_page()
    {
        for (int i = 0; i < 8; i++) Arm.State.AddDeletedAccount($"account-{i}", "rg-ai");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (IReadOnlyList<DeletedCognitiveAccount> _ in Recovery.Accounts.ListAsync(
                Subscription, e => throw e, stop.Token))
                await stop.CancelAsync();
        });

        Assert.Single(Arm.Requests);
    }

}
