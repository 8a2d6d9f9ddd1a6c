using System.Net;
using CogRecover.Sandbox.Arm;

namespace CogRecover.Core.Tests.Simulator;

public sealed class SampleTests : SimulatorTest
{
    protected override SimulatedArmOptions Options => new() { Clock = Clock };

    [Fact]
    public async Task A_dozen_accounts_of_realistic_size_are_listed()
    {
        var listed = (await GetAsync(DeletedAccounts)).Body!["value"]!.AsArray();
        Assert.Equal(12, listed.Count);
        var sizes = listed.ToLookup(one => (string)one!["kind"]!, one => one!.ToJsonString().Length);
        Assert.InRange(sizes["Face"].Single(), 2_500, 4_000);
        Assert.InRange(sizes["FormRecognizer"].Single(), 9_000, 12_000);
        Assert.InRange(sizes["AIServices"].Single(), 19_000, 25_000);
    }

    [Fact]
    public void The_names_are_short_enough_for_a_table() =>
        Assert.All(State.DeletedAccounts, deleted => Assert.InRange(deleted.Name.Length, 8, 22));

    [Fact]
    public async Task The_group_of_one_is_gone()
    {
        var refused = await RestoreAsync("contoso-vision", "rg-retired");
        Assert.Equal((HttpStatusCode.NotFound, "ResourceGroupNotFound"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("contoso-openai-prod", "rg-ai-prod", 46 * 60)]
    [InlineData("contoso-face-kiosk", "rg-stores", 40)]
    public void What_is_left_is_known(string name, string group, int minutes)
    {
        var deleted = State.DeletedAccounts.Single(one => one.Name == name && one.ResourceGroupName == group);
        Assert.Equal(minutes, (int)(deleted.ScheduledPurgeDate - Clock.GetUtcNow()).TotalMinutes);
    }
}
