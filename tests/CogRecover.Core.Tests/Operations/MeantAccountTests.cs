using CogRecover.Core.References;
using CogRecover.Sandbox.Arm.Faults;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Core.Tests.Operations;

/// <summary>Accounts that others have replaced since they were read: what isn't meant isn't touched.</summary>
public sealed class MeantAccountTests : EngineTest
{
    private const string Name = "contoso-openai";
    private const string Group = "rg-ai";
    private const string Deleted = "/deletedAccounts/";

    private IEnumerable<string> Writes =>
        Arm.Requests.Select(request => request.Method).Where(method => method is "PUT" or "DELETE");

    [Fact]
    public async Task A_purge_of_an_account_that_was_replaced_meanwhile_purges_nothing()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        Replace();

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Contains("wasn't purged, and nothing was sent. Another account of that name is soft-deleted now",
            failure.Message, StringComparison.Ordinal);
        Assert.Contains($"Get-DeletedCognitiveAccount -SubscriptionId '{Subscription}' -Name '{Name}'",
            failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Fact]
    public async Task A_restore_of_an_account_that_was_replaced_meanwhile_restores_nothing()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        Replace();

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.RestoreAsync(account, Timeout, cancellationToken: Cancellation));
        RecoveryException test = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.Prerequisites.TestAsync(account, Cancellation));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, test.ErrorId);
        Assert.Contains("nothing was sent. Another account", test.Message, StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Fact]
    public async Task An_account_that_was_restored_and_deleted_again_is_restored_but_not_purged()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        EditDeleted("deletionDate", "2026-01-01T00:00:00Z");

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Contains("It was restored and deleted again after it was listed. Yours was deleted at 20", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("this one at 2026-01-01 00:00:00 UTC", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Writes);
        await Recovery.RestoreAsync(account, Timeout, cancellationToken: Cancellation);
        Assert.True(Arm.State.HasAccount(Name, Group));
    }

    [Fact]
    public async Task Another_deletion_of_an_account_without_an_id_counts_as_another_account()
    {
        EditDeleted(("internalId", null), ("dateCreated", null));
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        EditDeleted("deletionDate", "2026-01-01T00:00:00Z");

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Contains("it isn't known whether it is the one that you mean", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Fact]
    public async Task A_look_that_isnt_allowed_keeps_nobody_from_a_purge()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 403, Method = "GET", Path = Deleted });

        Assert.True(await Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation));

        Assert.False(Arm.State.HasDeletedAccount(Name, Group));
    }

    [Theory]
    [InlineData(FaultKind.Status, 404, RecoveryErrorId.InvalidServiceResponse)]
    [InlineData(FaultKind.Status, 500, RecoveryErrorId.ServiceUnavailable)]
    [InlineData(FaultKind.NotJson, 0, RecoveryErrorId.InvalidServiceResponse)]
    [InlineData(FaultKind.Reset, 0, RecoveryErrorId.ConnectionFailed)]
    public async Task A_look_that_comes_to_nothing_sends_no_purge_but_a_restore(
        FaultKind kind, int status, RecoveryErrorId id)
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        Arm.Faults.Set(new Fault { Kind = kind, Status = status, Method = "GET", Path = Deleted });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation));

        Assert.Equal(id, failure.ErrorId);
        Assert.Contains("wasn't purged, and nothing was sent. Account 'contoso-openai' in resource group 'rg-ai' couldn't "
            + "be looked up", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Writes);
        await Recovery.RestoreAsync(account, Timeout, cancellationToken: Cancellation);
        Assert.True(Arm.State.HasAccount(Name, Group));
    }

    [Theory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(409, "RequestConflict")]
    [InlineData(503, null)]
    public async Task A_purge_that_had_to_wait_is_held_against_what_is_deleted_by_then(int status, string? code)
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = status, Code = code, Method = "DELETE", Times = 1, RetryAfter = "3",
        });
        Task<bool> purge = Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation);

        // After a lost answer a look comes first, and then the wait.
        string last = status == 503 ? "GET" : "DELETE";
        while (!Writes.Any() || Arm.Requests[^1] is not { Status: not null } request || request.Method != last)
            await Task.Delay(20, Cancellation);
        Replace();

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => purge);

        Assert.Contains("Another account of that name is soft-deleted now", failure.Message, StringComparison.Ordinal);
        Assert.Single(Writes);
        Assert.True(Arm.State.HasDeletedAccount(Name, Group));
    }

    [Fact]
    public async Task A_purge_that_had_to_wait_isnt_sent_again_for_what_was_restored_meanwhile()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        GivenConflict();
        Task<bool> purge = Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation);
        while (!Writes.Any()) await Task.Delay(20, Cancellation);
        await new HttpClient().RestoreAsync(Arm, account, Cancellation);

        Assert.False(await purge);
        Assert.Equal(["DELETE", "PUT"], Writes);
    }

    [Fact]
    public async Task A_purge_that_had_to_wait_joins_the_one_that_is_under_way()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        GivenConflict(new Fault
        {
            Kind = FaultKind.Edit, Method = "GET", Path = Deleted, Skip = 1,
            Edits = { ["/properties/provisioningState"] = "Deleting" },
        });
        Task<bool> purge = Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation);
        while (Arm.Requests.Count(request => request.Method == "GET") < 3) await Task.Delay(20, Cancellation);
        await new HttpClient().PurgeAsync(Arm, account, Cancellation);

        // The other's is the second.
        Assert.True(await purge);
        Assert.Equal(["DELETE", "DELETE"], Writes);
    }

    [Fact]
    public async Task A_look_after_a_refusal_that_cant_be_read_isnt_a_lost_answer()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        GivenConflict(new Fault { Kind = FaultKind.NotJson, Method = "GET", Path = Deleted, Skip = 1 });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(account, Timeout, cancellationToken: Cancellation));

        Assert.Contains("wasn't purged. Account 'contoso-openai' in resource group 'rg-ai' couldn't be looked up",
            failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("lost", failure.Message, StringComparison.Ordinal);
        Assert.Single(Writes);
    }

    [Fact]
    public async Task An_account_that_was_looked_at_just_now_isnt_looked_at_again()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await Recovery.Prerequisites.TestAsync(account, Cancellation);
        Assert.Single(Arm.Requests, request => request.Path.Contains(Deleted, StringComparison.Ordinal));
        Arm.ClearRequests();

        await Recovery.RestoreAsync(account, Timeout, cancellationToken: Cancellation);

        Assert.Equal("PUT", Arm.Requests[0].Method);
    }

    [Fact]
    public async Task Many_accounts_that_are_to_be_restored_are_looked_at_in_one_list()
    {
        for (int i = 0; i < 100; i++) Arm.State.AddDeletedAccount($"account-{i}", Group);
        List<DeletedCognitiveAccount> accounts = await ListAsync(new(Connection(Arm.Endpoint)), Subscription);
        Arm.State.AddDeletedAccount("account-7", Group, deletionDate: DateTimeOffset.UtcNow.AddHours(-1));
        Arm.State.AddDeletedAccount("account-77", Group, deletionDate: DateTimeOffset.UtcNow.AddHours(-1));
        Arm.ClearRequests();
        List<string> replaced = [];

        foreach (DeletedCognitiveAccount account in accounts)
        {
            try
            {
                await Recovery.Prerequisites.TestAsync(account, Cancellation);
            }
            catch (RecoveryException e) when (e.ErrorId == RecoveryErrorId.DeletedAccountNotFound)
            {
                replaced.Add(account.Name);
            }
        }

        Assert.Equal(["account-7", "account-77"], replaced.Order());
        Assert.InRange(
            Arm.Requests.Count(request => request.Path.Contains("/deletedAccounts", StringComparison.Ordinal)), 31, 33);
    }

    [Fact]
    public async Task A_restore_isnt_sent_again_for_another_account_of_that_name()
    {
        DeletedCognitiveAccount account = await GivenDeletedAsync();
        Arm.Intercept = context =>
        {
            if (context.Request.Method != HttpMethods.Put) return Task.FromResult(false);
            Replace();
            context.Abort();
            return Task.FromResult(true);
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.RestoreAsync(account, Timeout, cancellationToken: Cancellation));

        Assert.Contains("isn't known", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Another account of that name is soft-deleted now", failure.Message, StringComparison.Ordinal);
        Assert.Single(Writes);
    }

    [Fact]
    public async Task The_date_of_the_creation_tells_accounts_apart_that_have_no_id()
    {
        EditDeleted("internalId", null);
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        Arm.State.AddDeletedAccount(Name, Group, deletionDate: DateTimeOffset.UtcNow.AddHours(-1));

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.RestoreAsync(account, Timeout, cancellationToken: Cancellation));

        Assert.Contains("Another account of that name is soft-deleted now", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Fact]
    public async Task A_time_that_is_over_before_anything_was_sent_says_so()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        Arm.Faults.Set(new Fault { Kind = FaultKind.Silence, Method = "GET" });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => Recovery.PurgeAsync(account, TimeSpan.FromSeconds(0.5), cancellationToken: Cancellation));

        Assert.Equal(RecoveryErrorId.OperationTimedOut, failure.ErrorId);
        Assert.Contains("nothing was sent", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    /// <summary>An account that another command has read.</summary>
    private async Task<DeletedCognitiveAccount> GivenReadBeforeAsync()
    {
        Arm.State.AddDeletedAccount(Name, Group);
        DeletedCognitiveAccount account = await new AccountRecovery(Connection(Arm.Endpoint)).Finder.FindAsync(
            AccountReference.Create(Subscription, Group, "eastus", Name), Cancellation);
        Arm.ClearRequests();
        return account;
    }

    private void GivenConflict(params Fault[] faults) => Arm.Faults.Set([
        new Fault
        {
            Kind = FaultKind.Status, Status = 409, Code = "RequestConflict", Method = "DELETE", Times = 1,
            RetryAfter = "3",
        },
        .. faults]);

    private void Replace() =>
        Arm.State.AddDeletedAccount(Name, Group, deletionDate: DateTimeOffset.UtcNow.AddHours(-1));

    private void EditDeleted(string property, string? value) => EditDeleted((property, value));

    private void EditDeleted(params (string Property, string? Value)[] edits)
    {
        var fault = new Fault { Kind = FaultKind.Edit, Method = "GET", Path = Deleted };
        foreach (var (property, value) in edits) fault.Edits[$"/properties/{property}"] = value;
        Arm.Faults.Set(fault);
    }
}
