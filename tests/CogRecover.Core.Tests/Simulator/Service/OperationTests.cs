using System.Net;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Simulator.Service;

public sealed class OperationTests : SimulatorTest
{
    protected override SimulatedArmOptions Options => base.Options with
    {
        RestoreTime = TimeSpan.FromSeconds(2),
        PurgeTime = TimeSpan.FromSeconds(2),
    };

    [Fact]
    public async Task A_purge_can_be_polled_in_both_forms()
    {
        State.AddDeletedAccount("a", "rg", "West US 2");
        var accepted = await DeleteAsync(Deleted("a", "rg", "westus2"));
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Null(accepted.Body);
        Assert.False(accepted.Headers.ContainsKey("Retry-After"));
        var (operation, location) = (accepted.Headers["azure-asyncoperation"], accepted.Headers["Location"]);
        Assert.Equal(operation + "&operationResultResponseType=Location", location);
        Assert.Equal("Deleting", (string?)(await GetAsync(operation)).Body!["status"]);
        Assert.Equal(HttpStatusCode.Accepted, (await GetAsync(location)).Status);
        Assert.True(State.HasDeletedAccount("a", "rg"));

        Clock.Advance(TimeSpan.FromSeconds(2));
        var done = await GetAsync(operation);
        Assert.Equal("Succeeded", (string?)done.Body!["status"]);
        Assert.Equal("2026-03-14T09:26:55Z", (string?)done.Body["endTime"]);
        Assert.Contains("/locations/West US 2/", (string?)done.Body["id"], StringComparison.Ordinal);
        var result = await GetAsync(location);
        Assert.Equal(HttpStatusCode.OK, result.Status);
        Assert.Null(result.Body);
        Assert.False(State.HasDeletedAccount("a", "rg"));
    }

    [Fact]
    public async Task A_restore_that_takes_time_is_Creating_until_its_operation_succeeds()
    {
        State.AddDeletedAccount("a", "rg", "West US 2");
        var accepted = await RestoreAsync("a", "rg", "West US 2");
        Assert.Equal(HttpStatusCode.Created, accepted.Status);
        Assert.Equal("Creating", (string?)accepted.Body!["properties"]!["provisioningState"]);
        Assert.Contains("/locations/West US 2/", accepted.Headers["azure-asyncoperation"], StringComparison.Ordinal);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Succeeded", (string?)(await GetAsync(accepted.Headers["azure-asyncoperation"])).Body!["status"]);
        var live = await GetAsync(Account("a", "rg"));
        Assert.Equal("Succeeded", (string?)live.Body!["properties"]!["provisioningState"]);
    }

    [Fact]
    public async Task What_an_operation_works_on_refuses_another()
    {
        State.AddDeletedAccount("a", "rg");
        await DeleteAsync(Deleted("a", "rg"));
        foreach (var refused in new[] { await DeleteAsync(Deleted("a", "rg")), await RestoreAsync("a", "rg") })
            Assert.Equal((HttpStatusCode.Conflict, "RequestConflict"), (refused.Status, refused.Code));
        State.AddDeletedAccount("b", "rg");
        await RestoreAsync("b", "rg");
        Assert.Equal("RequestConflict", (await DeleteAsync(Account("b", "rg"))).Code);
    }
}
