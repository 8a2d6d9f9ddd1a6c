using CogRecover.Core.Http;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests.Accounts;

/// <summary>Lists whose connection breaks in the middle of a page.</summary>
public sealed class ListBrokenOffTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    [Fact]
    public async Task A_page_whose_connection_is_reset_is_read_again_and_each_account_comes_out_once()
    {
        await GivenAsync();
        await Arm.SetFaultsAsync(
            new Fault { Kind = FaultKind.ResetInBody, Times = 1 }, Answer(Page(["d", "c", "b", "a"])));

        List<string> names = await NamesAsync(Recovery);

        Assert.Equal(["a", "b", "c", "d"], names.Order());
        Assert.Equal(2, (await Arm.RequestsAsync()).Count);
    }

    [Fact]
    public async Task A_page_that_ends_too_early_is_read_again_and_the_pages_before_it_are_not()
    {
        await Arm.SetFaultsAsync(
            Answer(Page(["a", "b"], next: "page2")) with { Times = 1 },
            Beginning(Page(["c", "d"], next: "page3")) with { Times = 2 },
            Answer(Page(["c", "d"], next: "page3")) with { Times = 1 },
            Answer(Page(["e"])));

        List<string> names = await NamesAsync(Recovery);

        Assert.Equal(["a", "b", "c", "d", "e"], names);
        Assert.Equal(
            ["deletedAccounts", "page2", "page2", "page2", "page3"],
            (await Arm.RequestsAsync()).Select(request => request.Path.Split('/')[^1]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_that_breaks_off_every_time_is_given_up(bool isReset)
    {
        if (!isReset) Framework.SkipWhereABodyMayEndEarly();
        await GivenAsync();
        await Arm.SetFaultsAsync(
            isReset ? new Fault { Kind = FaultKind.ResetInBody } : Beginning(Page(["a", "b", "c"])));
        List<string> names = [];

        RecoveryException failure = await FailureAsync(() => NamesAsync(Recovery, names));

        Assert.Equal(RecoveryErrorId.ConnectionFailed, failure.ErrorId);
        Assert.Contains("couldn't be listed", failure.Message, StringComparison.Ordinal);
        Assert.Empty(names);

        // A reset that comes before the page is being read is Azure.Core's to try again, too.
        Assert.InRange((await Arm.RequestsAsync()).Count, 4, isReset ? 16 : 4);
    }

    [Fact]
    public async Task A_page_that_stops_coming_is_read_again()
    {
        await GivenAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.SilenceInBody, Times = 1 });
        var impatient = new AccountRecovery(Connection(Arm.Endpoint, networkSeconds: 1));

        Assert.Equal(["a", "b", "c"], await NamesAsync(impatient));
        Assert.True((await Arm.RequestsAsync()).Count >= 2);
    }

    [Fact]
    public async Task A_list_that_is_canceled_in_the_middle_of_a_page_is_not_read_again()
    {
        await GivenAsync();
        await Arm.SetFaultsAsync(new Fault { Kind = FaultKind.SilenceInBody });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var recovery = new AccountRecovery(new(
            Arm.Endpoint, _ => Task.FromResult(new ArmToken(Token, DateTimeOffset.UtcNow.AddHours(1))))
        {
            Transport = Framework.Transport,
            RetryDelay = TimeSpan.FromMilliseconds(10),
            Requested = _ => stop.Cancel(),
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NamesAsync(recovery, [], stop.Token));

        Assert.Single(await Arm.RequestsAsync());
    }

    private async Task GivenAsync()
    {
        foreach (string name in (string[])["a", "b", "c"]) await Arm.AddDeletedAccountAsync(name, "rg-ai");
    }

    private async Task<List<string>> NamesAsync(
        AccountRecovery recovery, List<string>? names = null, CancellationToken? cancellation = null)
    {
        names ??= [];
        await foreach (IReadOnlyList<DeletedCognitiveAccount> page in recovery.Accounts.ListAsync(
            Subscription, e => throw e, cancellation ?? Cancellation))
        {
            names.AddRange(page.Select(account => account.Name));
        }

        return names;
    }

    private static Fault Answer(string page) => new() { Kind = FaultKind.Status, Status = 200, Body = page };

    /// <summary>Sends a page up to the middle of its last account, and the length of the whole.</summary>
    private static Fault Beginning(string page) => new()
    {
        Kind = FaultKind.Status, Status = 200,
        Body = page[..page.LastIndexOf("/deletedAccounts/", StringComparison.Ordinal)],
        Headers = { ["Content-Length"] = $"{page.Length}" },
    };

    private string Page(string[] names, string? next = null)
    {
        IEnumerable<string> accounts = names.Select(name => $$"""
            {"id":"/subscriptions/{{Subscription}}/providers/Microsoft.CognitiveServices/locations/eastus/
            """ + $$"""resourceGroups/rg-ai/deletedAccounts/{{name}}"}""");
        string nextLink = next is null ? "" : $@",""nextLink"":""{Arm.Endpoint}{next}""";
        return $$"""{"value":[{{string.Join(",", accounts)}}]{{nextLink}}}""";
    }
}
