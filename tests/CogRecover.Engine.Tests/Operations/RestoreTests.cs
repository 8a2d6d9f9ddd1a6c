using System.Diagnostics;
using System.Text.Json.Nodes;
using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Operations;

public sealed class RestoreTests(SlowArm arm) : EngineTest(arm), IClassFixture<SlowArm>
{
    [Fact]
    public async Task A_restore_waits_for_its_operation_and_gives_the_live_account()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync(location: "West US 2");

        CognitiveAccount account = (await RestoreAsync(deleted)).Account;

        Assert.Equal("contoso-openai", account.Name);
        Assert.Equal("rg-ai", account.ResourceGroupName);
        Assert.Equal("westus2", account.Location);
        Assert.Equal("Succeeded", account.ProvisioningState);
        Assert.Equal(deleted.AccountId, account.ResourceId);
        Assert.True(await Arm.HasAccountAsync(Name, Group));
    }

    [Fact]
    public async Task A_restore_sends_the_flag_and_the_location_and_nothing_else()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync(location: "West US 2");

        await RestoreAsync(deleted);

        LoggedRequest write = Assert.Single(await Arm.RequestsAsync(), request => request.Method == "PUT");
        Assert.Equal(deleted.AccountId, write.Path);
        Assert.EndsWith("?api-version=2025-06-01", write.RawTarget, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"location":"westus2","properties":{"restore":true}}"""), JsonNode.Parse(write.Body!)));
    }

    [Fact]
    public async Task A_restore_says_when_it_is_accepted()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        DateTimeOffset? accepted = null;

        await RestoreAsync(deleted, observer: new Observer { OnAccepted = () => accepted = DateTimeOffset.UtcNow });

        List<LoggedRequest> requests = await Arm.RequestsAsync();
        Assert.Equal("PUT", requests[0].Method);
        Assert.InRange(accepted!.Value, requests[0].At, requests[1].At);
    }

    [Fact]
    public async Task A_restore_without_its_group_says_how_to_get_the_group_back()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Arm.RemoveGroupAsync("rg-ai");

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted));

        Assert.Equal(RecoveryErrorId.ResourceGroupNotFound, failure.ErrorId);
        Assert.Equal("ResourceGroupNotFound", failure.ServiceErrorCode);
        Assert.Contains("'contoso-openai'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("New-AzResourceGroup -Name 'rg-ai' -Location 'eastus'", failure.RecommendedAction,
            StringComparison.Ordinal);
        Assert.NotNull(failure.RequestId);
        Assert.NotNull(failure.CorrelationRequestId);
    }

    [Fact]
    public async Task A_restore_of_what_somebody_restored_before_gives_the_live_account()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await RestoreAsync(deleted);

        RestoreOutcome again = await RestoreAsync(deleted);

        Assert.True(again.WasLiveAlready);
        Assert.Equal(deleted.AccountId, again.Account.ResourceId);
    }

    [Fact]
    public async Task A_restore_of_what_somebody_restored_before_gives_it_even_where_the_first_look_at_it_fails()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await RestoreAsync(deleted);
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Redirect, Method = "GET", Path = "/accounts/", Times = 1 });

        RestoreOutcome again = await RestoreAsync(new AccountRecovery(Connection(Arm.Endpoint)), deleted);

        Assert.True(again.WasLiveAlready);
    }

    [Fact]
    public async Task A_restore_where_another_account_took_the_name_is_an_error()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await PurgeAsync(deleted);
        await Arm.AddAccountAsync(Name, Group);

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted));

        Assert.Equal(RecoveryErrorId.AccountAlreadyExists, failure.ErrorId);
    }

    [Fact]
    public async Task A_restore_of_what_was_purged_meanwhile_says_so()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await PurgeAsync(deleted);

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Equal("CanNotRestoreANonExistingResource", failure.ServiceErrorCode);
    }

    [Fact]
    public async Task An_operation_that_takes_too_long_is_a_timeout_and_goes_on()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();

        // It never seems to end, so that the timeout can be long enough for a slow machine to have it accepted.
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Operation, State = "Running", Path = "/operationResults/" });

        RecoveryException failure = await FailureAsync(() => RestoreAsync(deleted, TimeSpan.FromSeconds(3)));

        Assert.Equal(RecoveryErrorId.OperationTimedOut, failure.ErrorId);
        await UntilAsync(async () => await Arm.StateAsync(Name, Group) == "Succeeded");
    }

    [Fact]
    public async Task A_cancelled_restore_asks_nothing_more()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var since = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RestoreAsync(Recovery, deleted, observer: new Observer { OnAccepted = stop.Cancel }, cancellation: stop.Token));

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(5));
        Assert.Single(await Arm.RequestsAsync());
    }

    [Fact]
    public async Task A_name_that_doesnt_fit_into_a_url_is_refused_before_a_request()
    {
        var hostile = new DeletedCognitiveAccount
        {
            Name = "../../x?y", ResourceGroupName = "rg-ai", Location = "eastus", SubscriptionId = Subscription,
            ResourceId = "", AccountId = "",
        };

        RecoveryException failure = await FailureAsync(() => RestoreAsync(hostile));

        Assert.Equal(RecoveryErrorId.InvalidResourceId, failure.ErrorId);
        Assert.Empty(await Arm.RequestsAsync());
    }
}
