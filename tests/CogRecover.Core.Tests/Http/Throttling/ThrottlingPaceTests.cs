using CogRecover.Core.Http;
using CogRecover.Sandbox.Arm.Service;
using Microsoft.AspNetCore.Http;

namespace CogRecover.Core.Tests.Http.Throttling;

/// <summary>Many restores, and an ARM that takes few at once and ten a second.</summary>
public sealed class ThrottlingPaceTests : ThrottlingTest
{
    private const int Count = 30;

    // A busy machine may hold requests up for a while and send them together: these are taken all the same.
    private const int Burst = 16;

    private protected override SimulatedArmOptions Options =>
        base.Options with { WritesPerSecond = 10, WriteBurst = Burst };

    private int Refused => Writes.Count(write => write.Status == StatusCodes.Status429TooManyRequests);

    [Fact]
    public async Task Writes_slow_down_before_the_service_refuses_them()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(Count);
        AccountRecovery recovery = Patient(20);
        await RestoreAsync(recovery, accounts[0]);

        await Task.WhenAll(accounts[1..].Select(account => RestoreAsync(recovery, account)));

        Assert.InRange(Refused, 0, 1);
        AssertAllLive(accounts);
    }

    [Fact]
    public async Task Many_at_once_are_refused_in_the_first_volley_only_and_all_get_through()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(Count);
        AccountRecovery recovery = Patient(20);

        await Task.WhenAll(accounts.Select(account => RestoreAsync(recovery, account)));

        Assert.InRange(Refused, 0, Count - Burst + 1);
        AssertAllLive(accounts);
    }

    [Fact]
    public async Task New_commands_slow_down_as_well()
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(Count);
        ArmSession shared = new();
        await RestoreAsync(Patient(20, shared), accounts[0]);

        await Task.WhenAll(accounts[1..].Select(account => RestoreAsync(Patient(20, shared), account)));

        Assert.InRange(Refused, 0, 1);
        AssertAllLive(accounts);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    public async Task Writes_slow_down_in_time_where_answers_come_late(double latency)
    {
        List<DeletedCognitiveAccount> accounts = await GivenDeletedAsync(Count);
        AccountRecovery recovery = Patient(20);
        await RestoreAsync(recovery, accounts[0]);
        Arm.Intercept = async context =>
        {
            await Task.Delay(TimeSpan.FromSeconds(latency), context.RequestAborted);
            return false;
        };

        await Task.WhenAll(accounts[1..].Select(account => RestoreAsync(recovery, account)));

        Assert.InRange(Refused, 0, 1);
        AssertAllLive(accounts);
    }

    private void AssertAllLive(List<DeletedCognitiveAccount> accounts) => Assert.All(
        accounts, account => Assert.True(Arm.State.HasAccount(account.Name, account.ResourceGroupName)));
}
