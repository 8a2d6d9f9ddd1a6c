using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Operations;

public sealed class PurgeTests(SlowArm arm) : EngineTest(arm), IClassFixture<SlowArm>
{
    [Fact]
    public async Task A_purge_waits_until_the_account_is_gone()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync(location: "Central US EUAP");

        await PurgeAsync(deleted);

        Assert.False(await Arm.HasDeletedAccountAsync(Name, Group));
        Assert.Equal("DELETE", (await Arm.MethodsAsync()).First());
    }

#if NETFRAMEWORK
    // LostAnswerTests shows, with the transport of loopback, what Mono does otherwise.
    [Fact]
    public async Task A_purge_has_a_length_so_that_NET_Framework_itself_doesnt_send_it_again()
    {
        await PurgeAsync(await GivenDeletedAsync());

        LoggedRequest purge = Assert.Single(await Arm.RequestsAsync(), request => request.Method == "DELETE");
        Assert.Equal("0", purge.Headers["Content-Length"]);
    }
#endif

    [Fact]
    public async Task A_purge_of_what_is_gone_already_counts()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();

        Assert.True(await PurgeAsync(deleted));
        Assert.False(await PurgeAsync(deleted));
    }

    [Fact]
    public async Task A_forbidden_purge_asks_for_a_role_at_subscription_scope()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = 403,
            Body = """{"error":{"code":"AuthorizationFailed","message":"The client has no permission."}}""",
        });

        RecoveryException failure = await FailureAsync(() => PurgeAsync(deleted));

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
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = status, Code = code,
            // Longer than anyone waits.
            RetryAfter = status == 429 ? "86400" : null,
        });

        RecoveryException failure = await FailureAsync(() => PurgeAsync(deleted));

        Assert.Equal(id, failure.ErrorId);
        Assert.Equal(code, failure.ServiceErrorCode);
        Assert.Contains("contoso-openai", failure.Message, StringComparison.Ordinal);
        Assert.True(await Arm.HasDeletedAccountAsync(Name, Group));
    }

    [Fact]
    public async Task Retry_After_decides_when_an_operation_is_asked_for_again()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Edit, Headers = { ["Retry-After"] = "1" } });

        await PurgeAsync(deleted);

        List<LoggedRequest> requests = await Arm.RequestsAsync();
        Assert.Equal(2, requests.Count);
        Assert.InRange(requests[1].At - requests[0].At, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(5));
    }
}
