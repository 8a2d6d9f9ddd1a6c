using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Simulator.Http;

public sealed class PagingTests : SimulatorTest
{
    protected override SimulatedArmOptions Options => base.Options with
    {
        PageSize = 3,
        ExtraSubscriptions = 1,
        ExtraAccounts = 14,
    };

    [Fact]
    public async Task Pages_hold_every_account_once_even_when_one_goes_meanwhile()
    {
        var first = await GetAsync(DeletedAccounts);
        await DeleteAsync((string)first.Body!["value"]![0]!["id"]!);
        var names = first.Names.ToList();
        var pages = 1;
        for (var next = (string?)first.Body["nextLink"]; next is not null; pages++)
        {
            var page = await GetAsync(next);
            names.AddRange(page.Names);
            next = (string?)page.Body!["nextLink"];
        }

        Assert.Equal(3, pages);
        var expected = Enumerable.Range(0, 7).Select(i => $"contoso-bulk-{(2 * i) + 1:00000}");
        Assert.Equal(expected, names);
    }

    [Fact]
    public async Task Accounts_are_spread_over_the_subscriptions()
    {
        var subscriptions = (await GetAsync("/subscriptions")).Body!["value"]!.AsArray();
        Assert.Equal(2, subscriptions.Count);
        var counts = State.DeletedAccounts.CountBy(deleted => deleted.SubscriptionId).Select(count => count.Value);
        Assert.Equal([7, 7], counts);
    }
}
