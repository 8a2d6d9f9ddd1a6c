using System.Diagnostics;
using System.Text.Json.Nodes;
using CogRecover.Core.Operations;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Operations;

public sealed class RestoreTests : EngineTest
{
    private protected override SimulatedArmOptions Options =>
        base.Options with { RestoreTime = TimeSpan.FromSeconds(0.7) };

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
        Assert.True(Arm.State.HasAccount("contoso-openai", "rg-ai"));
    }

    [Fact]
    public async Task A_restore_sends_the_flag_and_the_location_and_nothing_else()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync(location: "West US 2");

        await RestoreAsync(deleted);

        ArmRequest write = Assert.Single(Arm.Requests, request => request.Method == "PUT");
        Assert.Equal(deleted.AccountId, write.Path);
        Assert.EndsWith("?api-version=2025-06-01", write.RawTarget, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"location":"westus2","properties":{"restore":true}}"""), JsonNode.Parse(write.Body!)));
    }

    [Fact]
    public async Task A_restore_says_when_it_is_accepted()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        string? stateWhenAccepted = null;

        await Recovery.RestoreAsync(
            deleted, Timeout,
            new Observer { OnAccepted = () => stateWhenAccepted = Arm.State.Accounts.Single().ProvisioningState },
            cancellationToken: Cancellation);

        Assert.Equal("Creating", stateWhenAccepted);
    }

    [Fact]
    public async Task A_restore_without_its_group_says_how_to_get_the_group_back()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        Arm.State.RemoveResourceGroup("rg-ai");

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => RestoreAsync(deleted));

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
        Arm.Faults.Set(new Fault { Kind = FaultKind.Redirect, Method = "GET", Path = "/accounts/", Times = 1 });

        RestoreOutcome again = await new AccountRecovery(Connection(Arm.Endpoint)).RestoreAsync(
            deleted, Timeout, cancellationToken: Cancellation);

        Assert.True(again.WasLiveAlready);
    }

    [Fact]
    public async Task A_restore_where_another_account_took_the_name_is_an_error()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation);
        Arm.State.AddAccount("contoso-openai", "rg-ai");

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => RestoreAsync(deleted));

        Assert.Equal(RecoveryErrorId.AccountAlreadyExists, failure.ErrorId);
    }

    [Fact]
    public async Task A_restore_of_what_was_purged_meanwhile_says_so()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        await Recovery.PurgeAsync(deleted, Timeout, cancellationToken: Cancellation);

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => RestoreAsync(deleted));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Equal("CanNotRestoreANonExistingResource", failure.ServiceErrorCode);
    }

    [Fact]
    public async Task An_operation_that_takes_too_long_is_a_timeout_and_goes_on()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() =>
            Recovery.RestoreAsync(deleted, TimeSpan.FromSeconds(0.2), cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.OperationTimedOut, failure.ErrorId);
        await Task.Delay(TimeSpan.FromSeconds(0.7), Cancellation);
        Assert.Equal("Succeeded", Arm.State.Accounts.Single().ProvisioningState);
    }

    [Fact]
    public async Task A_cancelled_restore_asks_nothing_more()
    {
        DeletedCognitiveAccount deleted = await GivenDeletedAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var since = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Recovery.RestoreAsync(deleted, Timeout, new Observer { OnAccepted = stop.Cancel }, cancellationToken: stop.Token));

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(5));
        Assert.Single(Arm.Requests);
    }

    [Fact]
    public async Task A_name_that_doesnt_fit_into_a_url_is_refused_before_a_request()
    {
        var hostile = new DeletedCognitiveAccount
        {
            Name = "../../x?y", ResourceGroupName = "rg-ai", Location = "eastus", SubscriptionId = Subscription,
            ResourceId = "", AccountId = "",
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => RestoreAsync(hostile));

        Assert.Equal(RecoveryErrorId.InvalidResourceId, failure.ErrorId);
        Assert.Empty(Arm.Requests);
    }

    private Task<RestoreOutcome> RestoreAsync(DeletedCognitiveAccount account) =>
        Recovery.RestoreAsync(account, Timeout, cancellationToken: Cancellation);
}
