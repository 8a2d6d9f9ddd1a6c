using CogRecover.Core.Http;
using CogRecover.Core.References;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Accounts;

public sealed class LookupTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    [Fact]
    public async Task A_complete_reference_takes_one_request_and_no_list()
    {
        await Arm.AddDeletedAccountAsync("contoso-openai", "rg-ai", "West US 2");

        DeletedCognitiveAccount account = await FindAsync("CONTOSO-openai", "RG-ai", "westus2");

        Assert.Equal("contoso-openai", account.Name);
        Assert.EndsWith("/deletedAccounts/CONTOSO-openai", Assert.Single(await Arm.RequestsAsync()).Path,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_location_is_looked_up_in_a_list_that_is_read_once()
    {
        await Arm.AddDeletedAccountAsync("contoso-one", "rg-ai", "West US 2");
        await Arm.AddDeletedAccountAsync("contoso-two", "rg-ai", "SWEDENCENTRAL");

        DeletedCognitiveAccount[] accounts = await Task.WhenAll(
            FindAsync("contoso-one", "rg-ai"), FindAsync("contoso-two", "rg-ai"), FindAsync("Contoso-Two"));

        Assert.Equal(["westus2", "swedencentral", "swedencentral"], accounts.Select(account => account.Location));
        Assert.Single(await Arm.RequestsAsync());
    }

    [Fact]
    public async Task A_caller_that_waits_no_longer_doesnt_take_the_list_from_the_others()
    {
        await Arm.AddDeletedAccountAsync("contoso-one", "rg-ai");
        var token = new TaskCompletionSource<ArmToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        var recovery = new AccountRecovery(new(Arm.Endpoint, _ => token.Task) { Transport = Framework.Transport });
        var account = AccountReference.Create(Subscription, null, null, "contoso-one");
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<DeletedCognitiveAccount> first = recovery.Finder.FindAsync(account, impatient.Token);
        Task<DeletedCognitiveAccount> second = recovery.Finder.FindAsync(account, Cancellation);

        impatient.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Timeout, Cancellation));
        token.SetResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1)));

        Assert.Equal("contoso-one", (await second).Name);
        Assert.Single(await Arm.RequestsAsync());
    }

    [Fact]
    public async Task A_list_that_failed_is_read_again_for_who_asks_later()
    {
        await Arm.AddDeletedAccountAsync("contoso-one", "rg-ai");
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.Status, Status = 400, Code = "Odd", Times = 1 });

        await FailureAsync(() => FindAsync("contoso-one"));

        Assert.Equal("contoso-one", (await FindAsync("contoso-one")).Name);
    }

    [Fact]
    public async Task A_name_that_isnt_found_may_be_what_cant_be_read()
    {
        await Arm.AddDeletedAccountAsync("contoso-one", "rg-ai");
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.Edit, Edits = { ["/value/*/id"] = "/subscriptions/x/foo" } });

        RecoveryException failure = await FailureAsync(() => FindAsync("contoso-one"));

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
        var nothing = new Fault { Kind = FaultKind.Status, Status = 404, Body = "" };
        if (!isTheServices)
            foreach (string name in (string[])["request-id", "correlation-request-id", "routing-request-id"])
                nothing.Headers[$"x-ms-{name}"] = null;
        await Arm.SetFaultsAsync(nothing);

        RecoveryException failure = await FailureAsync(() => FindAsync("contoso-one", "rg-ai", "eastus"));

        Assert.Equal(id, failure.ErrorId);
        Func<Task<CognitiveAccount?>> findLive = () => Recovery.Accounts.FindLiveAsync(
            AccountReference.Create(Subscription, "rg-ai", "eastus", "contoso-one"), Cancellation);
        if (isTheServices) Assert.Null(await findLive());
        else await FailureAsync(findLive);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("eastus")]
    public async Task A_name_that_isnt_there_says_what_to_run(string? location)
    {
        RecoveryException failure = await FailureAsync(() => FindAsync("contoso-gone", "rg-ai", location));

        Assert.Equal(RecoveryErrorId.DeletedAccountNotFound, failure.ErrorId);
        Assert.Contains("contoso-gone", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Get-AzCognitiveServicesAccount -ResourceGroupName 'rg-ai' -Name 'contoso-gone'",
            failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_two_accounts_have_lists_both()
    {
        await Arm.AddDeletedAccountAsync("contoso-openai", "rg-one", "eastus");
        await Arm.AddDeletedAccountAsync("contoso-openai", "rg-two", "westeurope");

        RecoveryException failure = await FailureAsync(() => FindAsync("contoso-openai"));

        Assert.Equal(RecoveryErrorId.AmbiguousAccount, failure.ErrorId);
        Assert.Contains("'rg-one', location 'eastus'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'rg-two', location 'westeurope'", failure.Message, StringComparison.Ordinal);
    }
}
