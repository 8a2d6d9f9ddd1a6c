using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Gateway;

namespace CogRecover.Core.Tests.Operations;

/// <summary>Writes whose answer is lost: what is reported is what happened, and no write is sent twice
/// unseen.</summary>
public sealed class LostAnswerTests : EngineTest
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

    private int Puts => Arm.Requests.Count(request => request.Method == "PUT");

    private int Deletes => Arm.Requests.Count(request => request.Method == "DELETE");

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_restore_that_was_carried_out_is_found_out_and_not_sent_again(FaultKind kind, int status)
    {
        GiveUpSoonAt(kind);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault { Kind = kind, Status = status, Method = "PUT", After = true });

        RestoreOutcome outcome = await Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation);

        Assert.Equal("contoso-openai", outcome.Account.Name);
        Assert.False(outcome.WasLiveAlready);
        Assert.Equal(1, Puts);
    }

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_restore_whose_answer_cant_be_read_is_found_out(FaultKind kind)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault { Kind = kind, Method = "PUT", Size = kind == FaultKind.Nested ? 5000 : 17 });

        RestoreOutcome outcome = await Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation);

        Assert.Equal("Succeeded", outcome.Account.ProvisioningState);
        Assert.Equal(1, Puts);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_restore_that_wasnt_carried_out_is_sent_again(FaultKind kind, int status)
    {
        GiveUpSoonAt(kind);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault { Kind = kind, Status = status, Method = "PUT", Times = 1 });

        await Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation);

        Assert.Equal(2, Puts);
        Assert.True(Arm.State.HasAccount("contoso-openai", "rg-ai"));
        Assert.Equal(["PUT", "GET", "GET", "PUT"], Arm.Requests.Select(request => request.Method));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_purge_that_was_carried_out_is_found_out_and_not_sent_again(FaultKind kind, int status)
    {
        GiveUpSoonAt(kind);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault { Kind = kind, Status = status, Method = "DELETE", After = true });

        Assert.True(await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(1, Deletes);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_purge_that_wasnt_carried_out_is_sent_again(FaultKind kind, int status)
    {
        GiveUpSoonAt(kind);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault { Kind = kind, Status = status, Method = "DELETE", Times = 1 });

        Assert.True(await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(["DELETE", "GET", "DELETE"], Arm.Requests.Where(request => !IsPoll(request))
            .Select(request => request.Method));
        Assert.False(Arm.State.HasDeletedAccount("contoso-openai", "rg-ai"));
    }

    [Fact]
    public async Task What_keeps_a_request_from_being_sent_again_leaves_open_what_became_of_the_first()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "PUT") return false;
            bool isFirst = Puts == 1;
            if (!isFirst) context.Response.Headers.WWWAuthenticate = "Bearer claims=\"abc\"";
            await WriteAsync(context, isFirst ? 504 : 401, "{}");
            return true;
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.ClaimsChallenge, failure.ErrorId);
        Assert.Contains("it isn't known whether the service carried out the request", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wasn't restored", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-ClaimsChallenge \"abc\"", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_stays_down_for_writes_is_asked_five_times_and_nothing_was_done()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 503, Code = "Busy", Method = "PUT" });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.ServiceUnavailable, failure.ErrorId);
        Assert.Contains("wasn't restored", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("isn't known", failure.Message, StringComparison.Ordinal);
        Assert.Equal(5, Puts);
        Assert.True(Arm.State.HasDeletedAccount("contoso-openai", "rg-ai"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nothing_can_be_seen_the_outcome_is_said_to_be_unknown(bool isCarriedOut)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(
            new Fault { Kind = FaultKind.Reset, Method = "DELETE", After = isCarriedOut },
            new Fault { Kind = FaultKind.Status, Status = 500, Method = "GET" });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.ConnectionFailed, failure.ErrorId);
        Assert.Contains("it isn't known whether the service carried out the request", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("Get-DeletedCognitiveAccount", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, Deletes);
    }

    [Fact]
    public async Task A_purge_isnt_sent_again_for_an_account_that_was_restored_meanwhile()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "DELETE") return false;
            await new HttpClient().RestoreAsync(Arm, deleted, Cancellation);
            context.Abort();
            return true;
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.PurgeFailed, failure.ErrorId);
        Assert.Contains("somebody has restored it, and it is live again", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, Deletes);
    }

    [Fact]
    public async Task A_purge_isnt_sent_again_for_another_account_of_that_name()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Reset, Method = "DELETE", After = true });
        Arm.Intercept = context =>
        {
            // By the time of the look somebody has created it anew, and deleted it: it has another id.
            if (context.Request.Method == "GET" && !Arm.State.HasDeletedAccount("contoso-openai", "rg-ai"))
                Arm.State.AddDeletedAccount("contoso-openai", "rg-ai", "eastus");
            return Task.FromResult(false);
        };

        Assert.True(await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(1, Deletes);
        Assert.True(Arm.State.HasDeletedAccount("contoso-openai", "rg-ai"));
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
        Arm.Faults.Set(new Fault { Kind = FaultKind.Reset, Method = "DELETE" }, again);

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(id, failure.ErrorId);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, Deletes);
    }

    [Fact]
    public async Task A_live_account_without_an_id_leaves_open_whether_the_other_was_purged()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Edit, Method = "GET", Path = "/accounts/",
            Edits = { ["/properties/internalId"] = null, ["/properties/dateCreated"] = null },
        });
        Arm.Intercept = async context =>
        {
            if (context.Request.Method != "DELETE") return false;
            await new HttpClient().RestoreAsync(Arm, deleted, Cancellation);
            context.Abort();
            return true;
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.InvalidServiceResponse, failure.ErrorId);
        Assert.Contains("isn't known", failure.Message, StringComparison.Ordinal);
        Assert.Contains("an account of that name is live", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wasn't purged", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, Deletes);
    }

    [Fact]
    public async Task A_server_that_cant_be_reached_is_no_lost_answer()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.DisposeAsync();

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.RestoreAsync(deleted, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.ConnectionFailed, failure.ErrorId);
        Assert.Contains("wasn't restored", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("isn't known", failure.Message, StringComparison.Ordinal);
    }

    private static bool IsPoll(ArmRequest request) =>
        request.Path.Contains("/operationResults/", StringComparison.Ordinal);
}
