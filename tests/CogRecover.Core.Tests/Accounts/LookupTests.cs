using CogRecover.Core.References;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Core.Tests.Accounts;

public sealed class LookupTests : EngineTest
{
    [Fact]
    public async Task A_complete_reference_takes_one_request_and_no_list()
    {
        Arm.State.AddDeletedAccount("contoso-openai", "rg-ai", "West US 2");

        DeletedCognitiveAccount account = await FindAsync("CONTOSO-openai", "RG-ai", "westus2");

        Assert.Equal("contoso-openai", account.Name);
        Assert.EndsWith("/deletedAccounts/CONTOSO-openai", Assert.Single(Arm.Requests).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_location_is_looked_up_in_a_list_that_is_read_once()
    {
        Arm.State.AddDeletedAccount("contoso-one", "rg-ai", "West US 2");
        Arm.State.AddDeletedAccount("contoso-two", "rg-ai", "SWEDENCENTRAL");

        DeletedCognitiveAccount[] accounts = await Task.WhenAll(
            FindAsync("contoso-one", "rg-ai"), FindAsync("contoso-two", "rg-ai"), FindAsync("Contoso-Two"));

        Assert.Equal(["westus2", "swedencentral", "swedencentral"], accounts.Select(account => account.Location));
        Assert.Single(Arm.Requests);
    }

    [Fact]
    public async Task A_caller_that_waits_no_longer_doesnt_take_the_list_from_the_others()
    {
        Arm.State.AddDeletedAccount("contoso-one", "rg-ai");
        var answer = new TaskCompletionSource();
        Arm.Intercept = async _ =>
        {
            await answer.Task;
            return false;
        };
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<DeletedCognitiveAccount> first = Recovery.Finder.FindAsync(
            AccountReference.Create(Subscription, null, null, "contoso-one"), impatient.Token);
        Task<DeletedCognitiveAccount> second = FindAsync("contoso-one");

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult();

        Assert.Equal("contoso-one", (await second).Name);
        Assert.Single(Arm.Requests);
    }

    [Fact]
    public async Task A_list_that_failed_is_read_again_for_who_asks_later()
    {
        Arm.State.AddDeletedAccount("contoso-one", "rg-ai");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 400, Code = "Odd", Times = 1 });

        await Assert.ThrowsAsync<RecoveryException>(() => FindAsync("contoso-one"));

        Assert.Equal("contoso-one", (await FindAsync("contoso-one")).Name);
    }

    [Fact]
    public async Task A_name_that_isnt_found_may_be_what_cant_be_read()
    {
        Arm.State.AddDeletedAccount("contoso-one", "rg-ai");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Edit, Edits = { ["/value/*/id"] = "/subscriptions/x/foo" } });

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => FindAsync("contoso-one"));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Contains("It may also be the account in the list that can't be read", failure.Message,
            StringComparison.Ordinal);
        Assert.Single((await Recovery.Finder.ListOnceAsync(Subscription, Cancellation)).Unreadable);
    }

    [Theory]
    [InlineData(false, RecoveryErrorId.InvalidServiceResponse)]
    [InlineData(true, RecoveryErrorId.DeletedAccountNotFound)]
    public async Task Only_the_services_own_404_says_that_nothing_is_there(bool isTheServices, RecoveryErrorId id)
    {
        Arm.Intercept = context =>
        {
            context.Response.StatusCode = 404;
            if (!isTheServices) context.Response.Headers.Clear();
            return Task.FromResult(true);
        };

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => FindAsync("contoso-one", "rg-ai", "eastus"));

        Assert.Equal(id, failure.ErrorId);
        Func<Task<CognitiveAccount?>> findLive = () => Recovery.Accounts.FindLiveAsync(
            AccountReference.Create(Subscription, "rg-ai", "eastus", "contoso-one"), Cancellation);
        if (isTheServices) Assert.Null(await findLive());
        else await Assert.ThrowsAsync<RecoveryException>(findLive);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("eastus")]
    public async Task A_name_that_isnt_there_says_what_to_run(string? location)
    {
        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(
            () => FindAsync("contoso-gone", "rg-ai", location));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Contains("contoso-gone", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Get-AzCognitiveServicesAccount -ResourceGroupName 'rg-ai' -Name 'contoso-gone'",
            failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_two_accounts_have_lists_both()
    {
        Arm.State.AddDeletedAccount("contoso-openai", "rg-one", "eastus");
        Arm.State.AddDeletedAccount("contoso-openai", "rg-two", "westeurope");

        RecoveryException failure = await Assert.ThrowsAsync<RecoveryException>(() => FindAsync("contoso-openai"));

        Assert.Equal(RecoveryErrorId.AmbiguousAccount, failure.ErrorId);
        Assert.Contains("'rg-one', location 'eastus'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'rg-two', location 'westeurope'", failure.Message, StringComparison.Ordinal);
    }

    private Task<DeletedCognitiveAccount> FindAsync(string name, string? group = null, string? location = null) =>
        Recovery.Finder.FindAsync(AccountReference.Create(Subscription, group, location, name), Cancellation);
}
