using CogRecover.Core.References;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Operations;

/// <summary>Accounts that others have replaced since they were read: what isn't meant isn't touched.</summary>
public sealed class MeantAccountTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    private const string Deleted = "/deletedAccounts/";

    [Fact]
    public async Task A_purge_of_an_account_that_was_replaced_meanwhile_purges_nothing()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await ReplaceAsync(account);

        RecoveryException failure = await FailureAsync(() => PurgeAsync(account));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Contains("wasn't purged, and nothing was sent. Another account of that name is soft-deleted now",
            failure.Message, StringComparison.Ordinal);
        Assert.Contains($"Get-DeletedCognitiveAccount -SubscriptionId '{Subscription}' -Name '{Name}'",
            failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(await WritesAsync());
    }

    [Fact]
    public async Task A_restore_of_an_account_that_was_replaced_meanwhile_restores_nothing()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await ReplaceAsync(account);

        RecoveryException failure = await FailureAsync(() => RestoreAsync(account));
        RecoveryException test = await FailureAsync(() => Recovery.Prerequisites.TestAsync(account, Cancellation));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, test.ErrorId);
        Assert.Contains("nothing was sent. Another account", test.Message, StringComparison.Ordinal);
        Assert.Empty(await WritesAsync());
    }

    [Fact]
    public async Task An_account_that_was_restored_and_deleted_again_is_restored_but_not_purged()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await EditDeletedAsync("deletionDate", "2026-01-01T00:00:00Z");

        RecoveryException failure = await FailureAsync(() => PurgeAsync(account));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Contains("It was restored and deleted again after it was listed. Yours was deleted at 20", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("this one at 2026-01-01 00:00:00 UTC", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await WritesAsync());
        await RestoreAsync(account);
        Assert.True(await Arm.HasAccountAsync(Name, Group));
    }

    [Fact]
    public async Task Another_deletion_of_an_account_without_an_id_counts_as_another_account()
    {
        await EditDeletedAsync(("internalId", null), ("dateCreated", null));
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await EditDeletedAsync("deletionDate", "2026-01-01T00:00:00Z");

        RecoveryException failure = await FailureAsync(() => PurgeAsync(account));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Contains("it isn't known whether it is the one that you mean", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await WritesAsync());
    }

    [Fact]
    public async Task A_look_that_isnt_allowed_keeps_nobody_from_a_purge()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Status, Status = 403, Method = "GET", Path = Deleted });

        Assert.True(await PurgeAsync(account));

        Assert.False(await Arm.HasDeletedAccountAsync(Name, Group));
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
        await Arm.SetFaultsAsync(new Fault { Kind = kind, Status = status, Method = "GET", Path = Deleted });

        RecoveryException failure = await FailureAsync(() => PurgeAsync(account));

        Assert.Equal(id, failure.ErrorId);
        Assert.Contains("wasn't purged, and nothing was sent. Account 'contoso-openai' in resource group 'rg-ai' couldn't "
            + "be looked up", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await WritesAsync());
        await RestoreAsync(account);
        Assert.True(await Arm.HasAccountAsync(Name, Group));
    }

    [Theory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(409, "RequestConflict")]
    [InlineData(503, null)]
    public async Task A_purge_that_had_to_wait_is_held_against_what_is_deleted_by_then(int status, string? code)
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await Arm.SetFaultsAsync(new Fault
        {
            Kind = FaultKind.Status, Status = status, Code = code, Method = "DELETE", Times = 1, RetryAfter = "3",
        });
        Task<bool> purge = PurgeAsync(account);

        // After a lost answer a look comes first, and then the wait.
        string last = status == 503 ? "GET" : "DELETE";
        await UntilAsync(async () => (await WritesAsync()).Any()
            && (await Arm.RequestsAsync())[^1] is { Status: not null } request && request.Method == last);
        await ReplaceAsync(account);

        RecoveryException failure = await FailureAsync(() => purge);

        Assert.Contains("Another account of that name is soft-deleted now", failure.Message, StringComparison.Ordinal);
        Assert.Single(await WritesAsync());
        Assert.True(await Arm.HasDeletedAccountAsync(Name, Group));
    }

    [Fact]
    public async Task A_purge_that_had_to_wait_isnt_sent_again_for_what_was_restored_meanwhile()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await GivenConflictAsync();
        Task<bool> purge = PurgeAsync(account);
        await UntilAsync(async () => (await WritesAsync()).Any());
        await Arm.RestoreAsync(account);

        Assert.False(await purge);
        Assert.Equal(["DELETE"], await WritesAsync());
    }

    [Fact]
    public async Task A_purge_that_had_to_wait_joins_the_one_that_is_under_way()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await GivenConflictAsync(new Fault
        {
            Kind = FaultKind.Edit, Method = "GET", Path = Deleted, Skip = 1,
            Edits = { ["/properties/provisioningState"] = "Deleting" },
        });
        Task<bool> purge = PurgeAsync(account);
        await UntilAsync(async () => await Arm.CountAsync("GET") >= 3);
        await Arm.PurgeAsync(account);

        Assert.True(await purge);
        Assert.Equal(["DELETE"], await WritesAsync());
    }

    [Fact]
    public async Task A_look_after_a_refusal_that_cant_be_read_isnt_a_lost_answer()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await GivenConflictAsync(new Fault { Kind = FaultKind.NotJson, Method = "GET", Path = Deleted, Skip = 1 });

        RecoveryException failure = await FailureAsync(() => PurgeAsync(account));

        Assert.Contains("wasn't purged. Account 'contoso-openai' in resource group 'rg-ai' couldn't be looked up",
            failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("lost", failure.Message, StringComparison.Ordinal);
        Assert.Single(await WritesAsync());
    }

    [Fact]
    public async Task An_account_that_was_looked_at_just_now_isnt_looked_at_again()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await Recovery.Prerequisites.TestAsync(account, Cancellation);
        Assert.Single(await Arm.RequestsAsync(), request => request.Path.Contains(Deleted, StringComparison.Ordinal));
        await Arm.ForgetRequestsAsync();

        await RestoreAsync(account);

        Assert.Equal("PUT", (await Arm.MethodsAsync()).First());
    }

    [Fact]
    public async Task Many_accounts_that_are_to_be_restored_are_looked_at_in_one_list()
    {
        for (int i = 0; i < 100; i++) await Arm.AddDeletedAccountAsync($"account-{i}", Group);
        List<DeletedCognitiveAccount> accounts = await ListAsync(new(Connection(Arm.Endpoint)), Subscription);
        foreach (DeletedCognitiveAccount account in accounts.Where(each => each.Name is "account-7" or "account-77"))
            await ReplaceAsync(account);
        await Arm.ForgetRequestsAsync();
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

        Assert.Equal(["account-7", "account-77"], replaced.OrderBy(name => name));
        Assert.InRange(
            (await Arm.RequestsAsync()).Count(request => request.Path.Contains("/deletedAccounts", StringComparison.Ordinal)), 31, 33);
    }

    [Fact]
    public async Task The_date_of_the_creation_tells_accounts_apart_that_have_no_id()
    {
        await EditDeletedAsync("internalId", null);
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await ReplaceAsync(account);

        RecoveryException failure = await FailureAsync(() => RestoreAsync(account));

        Assert.Contains("Another account of that name is soft-deleted now", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await WritesAsync());
    }

    [Fact]
    public async Task A_time_that_is_over_before_anything_was_sent_says_so()
    {
        DeletedCognitiveAccount account = await GivenReadBeforeAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Silence, Method = "GET" });

        RecoveryException failure = await FailureAsync(() => PurgeAsync(account, TimeSpan.FromSeconds(0.5)));

        Assert.Equal(RecoveryErrorId.OperationTimedOut, failure.ErrorId);
        Assert.Contains("nothing was sent", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await WritesAsync());
    }

    /// <summary>An account that another command has read.</summary>
    private async Task<DeletedCognitiveAccount> GivenReadBeforeAsync()
    {
        await Arm.AddDeletedAccountAsync(Name, Group);
        DeletedCognitiveAccount account = await new AccountRecovery(Connection(Arm.Endpoint)).Finder.FindAsync(
            AccountReference.Create(Subscription, Group, "eastus", Name), Cancellation);
        await Arm.ForgetRequestsAsync();
        return account;
    }

    private Task GivenConflictAsync(params Fault[] faults) => Arm.SetFaultsAsync([
        new Fault
        {
            Kind = FaultKind.Status, Status = 409, Code = "RequestConflict", Method = "DELETE", Times = 1,
            RetryAfter = "3",
        },
        .. faults]);

    private async Task<List<string>> WritesAsync() =>
        [.. (await Arm.MethodsAsync()).Where(method => method is "PUT" or "DELETE")];

    /// <summary>Purges an account, and lets another of its name be created and deleted.</summary>
    private async Task ReplaceAsync(DeletedCognitiveAccount account)
    {
        await Arm.PurgeAsync(account);
        await Arm.AddDeletedAccountAsync(account.Name, account.ResourceGroupName);
    }

    private Task EditDeletedAsync(string property, string? value) => EditDeletedAsync((property, value));

    private Task EditDeletedAsync(params (string Property, string? Value)[] edits)
    {
        var fault = new Fault { Kind = FaultKind.Edit, Method = "GET", Path = Deleted };
        foreach (var (property, value) in edits) fault.Edits[$"/properties/{property}"] = value;
        return Arm.SetFaultsAsync(fault);
    }
}
