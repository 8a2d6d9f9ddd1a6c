using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Operations;

public sealed class PurgeTests : EngineTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { PurgeTime = TimeSpan.FromSeconds(0.7) };

    [Fact]
    public async Task A_purge_waits_until_the_account_is_gone()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync(location: "Central US EUAP");

        await PurgeAsync(deleted);

        Assert.False(Arm.State.HasDeletedAccount("contoso-openai", "rg-ai"));
        Assert.Equal("DELETE", Arm.Requests[0].Method);
    }

    [Fact]
    public async Task A_purge_of_what_is_gone_already_counts()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();

        Assert.True(await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));
        Assert.False(await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_forbidden_purge_asks_for_a_role_at_subscription_scope()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Intercept = async context =>
        {
            await WriteAsync(context, 403,
                """{"error":{"code":"AuthorizationFailed","message":"The client has no permission."}}""");
            return true;
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => PurgeAsync(deleted));

        Assert.Equal(RecoveryErrorId.AuthorizationFailed, failure.ErrorId);
        Assert.Equal(
            "A purge needs Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete on subscription "
            + $"{Subscription}; a role on the resource group doesn't count. Ask for a role that has it, such as "
            + "'Cognitive Services Contributor'.",
            failure.RecommendedAction);
    }

    [Theory]
    [InlineData(409, "ScopeLocked", RecoveryErrorId.LockedOrForbiddenByPolicy)]
    [InlineData(403, "RequestDisallowedByPolicy", RecoveryErrorId.LockedOrForbiddenByPolicy)]
    [InlineData(400, "SomethingElse", RecoveryErrorId.PurgeFailed)]
    [InlineData(429, "TooManyRequests", RecoveryErrorId.RequestThrottled)]
    public async Task A_refusal_has_the_id_of_its_cause(int status, string code, RecoveryErrorId id)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Intercept = async context =>
        {
            // Longer than anyone waits.
            if (status == 429) context.Response.Headers.RetryAfter = "86400";
            await WriteAsync(context, status, $$$"""{"error":{"code":"{{{code}}}","message":"No."}}""");
            return true;
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => PurgeAsync(deleted));

        Assert.Equal(id, failure.ErrorId);
        Assert.Equal(code, failure.ServiceErrorCode);
        Assert.Contains("contoso-openai", failure.Message, StringComparison.Ordinal);
        Assert.True(Arm.State.HasDeletedAccount("contoso-openai", "rg-ai"));
    }

    [Fact]
    public async Task Retry_After_decides_when_an_operation_is_asked_for_again()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Intercept = context =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.RetryAfter = "1";
                return Task.CompletedTask;
            });
            return Task.FromResult(false);
        };

        await PurgeAsync(deleted);

        Assert.Equal(2, Arm.Requests.Count);
        Assert.InRange(Arm.Requests[1].At - Arm.Requests[0].At, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(5));
    }

    private Task PurgeAsync(DeletedCognitiveAccount account) =>
        Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation);
}
