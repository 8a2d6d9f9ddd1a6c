using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Operations;

/// <summary>Operations that the service has accepted, and whose polls go wrong.</summary>
public sealed class OperationFaultTests(BriskArm arm) : EngineTest(arm), IClassFixture<BriskArm>
{
    private const string Polls = "/operationResults/";

    public static TheoryData<FaultKind, int> Losses => new()
    {
        { FaultKind.Status, 404 }, { FaultKind.Status, 400 }, { FaultKind.Status, 403 }, { FaultKind.Status, 500 },
        { FaultKind.Reset, 0 }, { FaultKind.Silence, 0 }, { FaultKind.Empty, 0 }, { FaultKind.NotJson, 0 },
        { FaultKind.Truncated, 0 }, { FaultKind.Nested, 0 },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_restore_whose_operation_cant_be_followed_is_found_out(FaultKind kind, int status)
    {
        GiveUpSoonAt(kind);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = kind, Status = status, Code = "NotFound", Path = Polls, Size = 100 });

        RestoreOutcome outcome = await RestoreAsync(deleted);

        Assert.Equal("Succeeded", outcome.Account.ProvisioningState);
        Assert.False(outcome.WasLiveAlready);
        Assert.Equal(1, await Arm.CountAsync("PUT"));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_purge_whose_operation_cant_be_followed_is_found_out(FaultKind kind, int status)
    {
        GiveUpSoonAt(kind);
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = kind, Status = status, Code = "NotFound", Path = Polls, Size = 100 });

        Assert.True(await PurgeAsync(deleted));

        Assert.False(await Arm.HasDeletedAccountAsync(Name, Group));
        Assert.Equal(1, await Arm.CountAsync("DELETE"));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("failed")]
    [InlineData("Canceled")]
    [InlineData("Cancelled")]
    public async Task An_operation_that_the_service_says_has_failed_has_failed(string state)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Operation, State = state, Code = "VaultGone", Path = Polls }, LiveAs(state));

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted));

        Assert.Equal(RecoveryErrorId.RestoreFailed, failure.ErrorId);
        Assert.Contains(state, failure.Message, StringComparison.Ordinal);
        Assert.Contains("wasn't restored", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Failed", "Succeeded")]
    [InlineData("Cancelled", "succeeded")]
    public async Task A_restore_that_the_service_says_has_failed_counts_where_the_account_lives(string state, string live)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Operation, State = state, Code = "VaultGone", Path = Polls }, LiveAs(live));

        RestoreOutcome outcome = await RestoreAsync(deleted);

        Assert.Equal(live, outcome.Account.ProvisioningState);
        Assert.False(outcome.WasLiveAlready);
        Assert.Contains(state, outcome.Failure, StringComparison.Ordinal);
        Assert.Equal(1, await Arm.CountAsync("PUT"));
    }

    [Theory]
    [InlineData("succeeded")]
    [InlineData("SUCCEEDED")]
    public async Task An_operation_that_has_ended_well_in_another_spelling_has_ended(string state)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Operation, State = state, Path = Polls }, LiveAs(state));

        RestoreOutcome outcome = await RestoreAsync(deleted);

        Assert.Equal(state, outcome.Account.ProvisioningState);
        Assert.Equal(1, (await Arm.StrikesAsync())[0]);
    }

    [Fact]
    public async Task An_operation_that_goes_back_to_Creating_is_waited_for()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Operation, State = "Running", Path = Polls, Times = 1 },
            new Fault { Kind = FaultKind.Operation, State = "Creating", Path = Polls, Times = 1 });

        RestoreOutcome outcome = await RestoreAsync(deleted);

        Assert.Equal("Succeeded", outcome.Account.ProvisioningState);
        int[] strikes = await Arm.StrikesAsync();
        Assert.Equal([1, 1], strikes);
    }

    [Fact]
    public async Task An_account_that_is_still_Creating_when_its_operation_has_ended_is_waited_for()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Operation, State = "Succeeded", Path = Polls },
            new Fault
            {
                Kind = FaultKind.Edit,
                Method = "GET",
                Path = "/accounts/",
                Times = 2,
                Edits = { ["/properties/provisioningState"] = "Creating" },
            });

        RestoreOutcome outcome = await RestoreAsync(deleted);

        Assert.Equal("Succeeded", outcome.Account.ProvisioningState);
        Assert.Equal(2, (await Arm.StrikesAsync())[1]);
    }

    [Theory]
    [InlineData("provisioningState", "Failed", RecoveryErrorId.RestoreFailed, "its state is Failed")]
    [InlineData("internalId", "another", RecoveryErrorId.AccountAlreadyExists, "another account of that name is live")]
    public async Task What_an_operation_has_definitely_come_to_is_said_once_and_for_sure(
        string property, string value, RecoveryErrorId id, string says)
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Edit, Method = "GET", Path = "/accounts/", Edits = { [$"/properties/{property}"] = value },
        });

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted));

        Assert.Equal(id, failure.ErrorId);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("isn't known", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, failure.Message.Split([Name], StringSplitOptions.None).Length);
    }

    [Fact]
    public async Task A_timeout_before_the_answer_says_that_nobody_knows_whether_it_was_accepted()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Silence, Method = "PUT" });

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted, TimeSpan.FromSeconds(0.5)));

        Assert.Equal(RecoveryErrorId.OperationTimedOut, failure.ErrorId);
        Assert.Contains("It isn't known whether the service has accepted it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_never_ends_ends_with_the_timeout()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Operation, State = "Deleting", Path = Polls });

        RecoveryException failure = await FailureAsync(() => PurgeAsync(deleted, TimeSpan.FromSeconds(1.5)));

        Assert.Equal(RecoveryErrorId.OperationTimedOut, failure.ErrorId);
        Assert.Contains("The service has accepted it, and it goes on there", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("isn't known", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_that_left_the_account_deleted_has_an_unknown_outcome()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(AcceptedAt(
            $"{Arm.Endpoint}subscriptions/{Subscription}/providers/Microsoft.CognitiveServices/locations/eastus"
            + $"/operationResults/{Guid.NewGuid()}?api-version=2017-04-18"));

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted));

        Assert.Contains("accepted the operation, but its outcome isn't known", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("Get-DeletedCognitiveAccount", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_leads_elsewhere_is_not_followed()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.SetFaultsAsync(AcceptedAt("https://elsewhere.example/operations/1"));

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted));

        Assert.Equal(RecoveryErrorId.UntrustedHost, failure.ErrorId);
        Assert.Contains("isn't known", failure.Message, StringComparison.Ordinal);
    }

    private static Fault AcceptedAt(string operation) => new()
    {
        Kind = FaultKind.Status, Status = 201, Method = "PUT",
        Body = """{"properties":{"provisioningState":"Creating"}}""",
        Headers = { ["azure-asyncoperation"] = operation },
    };

    private static Fault LiveAs(string state) => new()
    {
        Kind = FaultKind.Edit, Method = "GET", Path = "/accounts/contoso-openai$",
        Edits = new() { ["/properties/provisioningState"] = state },
    };
}
