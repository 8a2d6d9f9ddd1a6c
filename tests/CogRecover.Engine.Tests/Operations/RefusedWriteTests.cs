using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Operations;

/// <summary>Refusals that leave open what was done: Azure's state tells.</summary>
public sealed class RefusedWriteTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    [Fact]
    public async Task A_refusal_that_cant_be_read_of_what_lives_already_is_no_failure()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await RestoreAsync(deleted);
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.NotJson, Method = "PUT" });

        RestoreOutcome outcome = await RestoreAsync(deleted);

        Assert.True(outcome.WasLiveAlready);
    }

    [Theory]
    [InlineData("Odd")]
    [InlineData(null)]
    public async Task A_refusal_after_a_lost_answer_is_no_failure_where_the_account_lives(string? code)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Reset, Method = "PUT", Times = 1, After = true },
            new Fault { Kind = FaultKind.Status, Status = 404, Code = "NotFound", Path = "/accounts/", Method = "GET",
                Times = 1 },
            new Fault { Kind = FaultKind.Status, Status = 400, Code = code, Method = "PUT" });

        RestoreOutcome outcome = await RestoreAsync(deleted);

        Assert.Equal("Succeeded", outcome.Account.ProvisioningState);
        Assert.False(outcome.WasLiveAlready);
        Assert.Equal(2, await Arm.CountAsync("PUT"));
    }

    [Theory]
    [InlineData("Odd")]
    [InlineData(null)]
    public async Task A_refusal_is_a_failure_where_the_account_is_still_deleted(string? code)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Reset, Method = "PUT", Times = 1 },
            new Fault { Kind = FaultKind.Status, Status = 400, Code = code, Method = "PUT" });

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted));

        Assert.Equal(RecoveryErrorId.RestoreFailed, failure.ErrorId);
        Assert.DoesNotContain("isn't known", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_404_to_the_purge_of_what_is_gone_means_that_it_is_gone()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await PurgeAsync(deleted);
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = 404, Body = "", Headers = { ["x-ms-request-id"] = "request-7" },
        });

        Assert.False(await PurgeAsync(deleted));
    }

    [Theory]
    [InlineData("GET|DELETE", "isn't known")]
    [InlineData("DELETE", "wasn't purged")]
    public async Task A_404_of_a_proxy_means_nothing(string methods, string says)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync([.. methods.Split('|').Select(method =>
            new Fault { Kind = FaultKind.Status, Status = 404, Method = method })]);

        RecoveryException failure = await FailureAsync(() => PurgeAsync(deleted));

        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.True(await Arm.HasDeletedAccountAsync(Name, Group));
    }

    [Fact]
    public async Task That_there_is_nothing_to_purge_is_held_against_what_is_soft_deleted()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Status, Status = 204, Method = "DELETE" });

        RecoveryException failure = await FailureAsync(() => PurgeAsync(deleted));

        Assert.Equal(RecoveryErrorId.PurgeFailed, failure.ErrorId);
        Assert.Contains("there is nothing to purge, but the account is still soft-deleted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_that_cant_be_seen_the_outcome_is_unknown()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Status, Status = 204, Method = "DELETE" },
            new Fault { Kind = FaultKind.Redirect, Method = "GET" });

        RecoveryException failure = await FailureAsync(() => PurgeAsync(deleted));

        Assert.Contains("isn't known", failure.Message, StringComparison.Ordinal);
    }
}
