using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Operations;

/// <summary>Writes whose answer is lost: what is reported is what happened, and no write is sent twice
/// unseen.</summary>
public sealed class LostAnswerTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    public static TheoryData<FaultKind, int> Losses => new()
    {
        { FaultKind.Reset, 0 }, { FaultKind.ResetInHeader, 0 }, { FaultKind.Silence, 0 },
        { FaultKind.Status, 408 }, { FaultKind.Status, 500 }, { FaultKind.Status, 502 }, { FaultKind.Status, 503 },
        { FaultKind.Status, 504 },
    };

    public static TheoryData<FaultKind> BadBodies =>
    [
        FaultKind.ResetInBody, FaultKind.Truncated, FaultKind.Empty, FaultKind.NotJson, FaultKind.Nested,
        FaultKind.Utf16, FaultKind.Large,
    ];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_restore_that_was_carried_out_is_found_out_and_not_sent_again(FaultKind kind, int status)
    {
        GiveUpSoonAt(kind);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = kind, Status = status, Method = "PUT", After = true });

        RestoreOutcome outcome = await RestoreAsync(deleted);

        Assert.Equal(Name, outcome.Account.Name);
        Assert.False(outcome.WasLiveAlready);
        Assert.Equal(1, await Arm.CountAsync("PUT"));
    }

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_restore_whose_answer_cant_be_read_is_found_out(FaultKind kind)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = kind, Method = "PUT", Size = kind == FaultKind.Nested ? 5000 : 17,
        });

        RestoreOutcome outcome = await RestoreAsync(deleted);

        Assert.Equal("Succeeded", outcome.Account.ProvisioningState);
        Assert.Equal(1, await Arm.CountAsync("PUT"));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_restore_that_wasnt_carried_out_is_sent_again(FaultKind kind, int status)
    {
        GiveUpSoonAt(kind);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = kind, Status = status, Method = "PUT", Times = 1 });

        await RestoreAsync(deleted);

        Assert.True(await Arm.HasAccountAsync(Name, Group));
        Assert.Equal(["PUT", "GET", "GET", "PUT"], await Arm.MethodsAsync());
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_purge_that_was_carried_out_is_found_out_and_not_sent_again(FaultKind kind, int status)
    {
        GiveUpSoonAt(kind);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = kind, Status = status, Method = "DELETE", After = true });

        Assert.True(await PurgeAsync(deleted));

        Assert.Equal(1, await Arm.CountAsync("DELETE"));
    }

    // Without a length Mono sends it again by itself here, as .NET Framework does over https.
    [Fact]
    public async Task A_purge_on_this_machine_that_was_carried_out_isnt_sent_again_either()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        var recovery = new AccountRecovery(Connection(Arm.Endpoint, transport: null));
        await ListAsync(recovery, Subscription);
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Reset, Method = "DELETE", After = true });

        Assert.True(await PurgeAsync(recovery, deleted));

        Assert.Equal(1, await Arm.CountAsync("DELETE"));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_purge_that_wasnt_carried_out_is_sent_again(FaultKind kind, int status)
    {
        GiveUpSoonAt(kind);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = kind, Status = status, Method = "DELETE", Times = 1 });

        Assert.True(await PurgeAsync(deleted));

        Assert.Equal(["DELETE", "GET", "DELETE"], (await Arm.RequestsAsync())
            .Where(request => !request.Path.Contains("/operationResults/")).Select(request => request.Method));
        Assert.False(await Arm.HasDeletedAccountAsync(Name, Group));
    }

    [Fact]
    public async Task What_keeps_a_request_from_being_sent_again_leaves_open_what_became_of_the_first()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Status, Status = 504, Method = "PUT", Times = 1 },
            new Fault
            {
                Kind = FaultKind.Status, Status = 401, Body = "{}", Method = "PUT",
                Headers = { ["WWW-Authenticate"] = "Bearer claims=\"abc\"" },
            });

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted));

        Assert.Equal(RecoveryErrorId.ClaimsChallenge, failure.ErrorId);
        Assert.Contains("it isn't known whether the service carried out the request", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wasn't restored", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-ClaimsChallenge \"abc\"", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_stays_down_for_writes_is_asked_five_times_and_nothing_was_done()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Status, Status = 503, Code = "Busy", Method = "PUT" });

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted));

        Assert.Equal(RecoveryErrorId.ServiceUnavailable, failure.ErrorId);
        Assert.Contains("wasn't restored", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("isn't known", failure.Message, StringComparison.Ordinal);
        Assert.Equal(5, await Arm.CountAsync("PUT"));
        Assert.True(await Arm.HasDeletedAccountAsync(Name, Group));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nothing_can_be_seen_the_outcome_is_said_to_be_unknown(bool isCarriedOut)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Reset, Method = "DELETE", After = isCarriedOut },
            new Fault { Kind = FaultKind.Status, Status = 500, Method = "GET" });

        RecoveryException failure = await FailureAsync(() => PurgeAsync(deleted));

        Assert.Equal(RecoveryErrorId.ConnectionFailed, failure.ErrorId);
        Assert.Contains("it isn't known whether the service carried out the request", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Get-DeletedCognitiveAccount", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, await Arm.CountAsync("DELETE"));
    }

    [Theory]
    [InlineData(false, RecoveryErrorId.PurgeFailed, "restored it in the meantime, and it was deleted again")]
    [InlineData(true, RecoveryErrorId.InvalidServiceResponse, "isn't known")]
    public async Task An_account_that_was_deleted_again_isnt_purged(bool hasNoId, RecoveryErrorId id, string says)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        var again = new Fault
        {
            Kind = FaultKind.Edit, Method = "GET", Edits = { ["/properties/deletionDate"] = "2026-01-01T00:00:00Z" },
        };
        if (hasNoId) again.Edits["/properties/internalId"] = again.Edits["/properties/dateCreated"] = 7;
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Reset, Method = "DELETE" }, again);

        RecoveryException failure = await FailureAsync(() => PurgeAsync(deleted));

        Assert.Equal(id, failure.ErrorId);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Arm.CountAsync("DELETE"));
    }

    [Fact]
    public async Task A_server_that_cant_be_reached_is_no_lost_answer()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();

        RecoveryException failure = await FailureAsync(
            () => RestoreAsync(new AccountRecovery(Connection(ClosedPort())), deleted));

        Assert.Equal(RecoveryErrorId.ConnectionFailed, failure.ErrorId);
        Assert.Contains("wasn't restored", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("isn't known", failure.Message, StringComparison.Ordinal);
    }
}
