using System.Net;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Simulator.Gateway;

public sealed class WriteBurstTests : SimulatorTest
{
    protected override SimulatedArmOptions Options => base.Options with { WritesPerSecond = 10, WriteBurst = 2 };

    [Fact]
    public async Task A_smaller_bucket_is_empty_sooner_and_refills_no_slower()
    {
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests],
            await CreateGroupsAsync(3));
        Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.TooManyRequests], await CreateGroupsAsync(2));
    }

    [Fact]
    public async Task A_full_bucket_doesnt_grow_while_nobody_writes()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var first = await CreateGroupsAsync(1);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([HttpStatusCode.Created, .. first, HttpStatusCode.TooManyRequests], await CreateGroupsAsync(3));
    }

    [Fact]
    public async Task Deletes_have_a_bucket_of_that_size_and_reads_keep_theirs()
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Deleted("a", "rg"))).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await DeleteAsync(Deleted("a", "rg"))).Status);
        var read = await GetAsync(DeletedAccounts);
        Assert.Equal("249", read.Headers["x-ms-ratelimit-remaining-subscription-reads"]);
    }

    private async Task<List<HttpStatusCode>> CreateGroupsAsync(int count)
    {
        List<HttpStatusCode> statuses = [];
        for (var i = 0; i < count; i++)
            statuses.Add((await PutAsync(Group($"rg{Guid.NewGuid():N}"), """{"location":"eastus"}""")).Status);
        return statuses;
    }
}
