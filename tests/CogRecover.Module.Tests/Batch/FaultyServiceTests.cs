using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests.Batch;

/// <summary>A service of which every fifth answer is wrong, and that takes few writes.</summary>
public sealed class FaultyServiceTests : ModuleTest
{
    private const int Accounts = 100;

    // 16 at 1.25 % are every fifth.
    private const double Chance = 0.0125;

    private static readonly Fault[] Kinds =
    [
        new() { Kind = FaultKind.Status, Status = 500 },
        new() { Kind = FaultKind.Status, Status = 503, Code = "Busy", After = true },
        new() { Kind = FaultKind.Status, Status = 504 },
        new() { Kind = FaultKind.Status, Status = 504, After = true },
        new() { Kind = FaultKind.Status, Status = 429, Code = "TooManyRequests", RetryAfter = "1" },
        new() { Kind = FaultKind.Status, Status = 429 },
        new() { Kind = FaultKind.Reset },
        new() { Kind = FaultKind.Reset, After = true },
        new() { Kind = FaultKind.ResetInBody },
        new() { Kind = FaultKind.ResetInHeader, After = true },
        new() { Kind = FaultKind.NotJson },
        new() { Kind = FaultKind.Empty },
        new() { Kind = FaultKind.Truncated },
        new() { Kind = FaultKind.Truncated, Method = "GET" },
        new() { Kind = FaultKind.Utf16 },
        new() { Kind = FaultKind.Utf16, Method = "GET" },
    ];

    private protected override SimulatedArmOptions Options =>
        base.Options with { WritesPerSecond = 10, RestoreTime = TimeSpan.FromSeconds(0.2) };

    [Fact]
    public void Nearly_all_restores_get_through_and_the_others_are_reported_as_what_they_are()
    {
        GivenDeleted([.. Enumerable.Range(0, Accounts).Select(i => $"account-{i:00}")]);
        Shell.Run("$accounts = @(Get-DeletedCognitiveAccount)").ThrowIfFailed();
        Arm.Faults.Set(new FaultPlan
        {
            Seed = 11, Faults = [.. Kinds.Select(fault => fault with { Chance = Chance })],
        });

        ShellResult result = Shell.Run("""
            @($accounts[0..33]; $accounts[34..66].Name; $accounts[67..99].ResourceId) |
                Restore-CognitiveAccount -ThrottleLimit 64
            """);

        Assert.Null(result.TerminatedBy);
        Assert.InRange(Arm.Faults.Strikes.Sum(), 20, 1000);
        Assert.True(result.Output.Count >= 95, string.Join('\n', result.Errors.Select(error => $"{error}")));
        Assert.Equal(Accounts, result.Output.Count + result.Errors.Count);
        Assert.All(Names(result), name => Assert.True(Arm.State.HasAccount(name, "rg-ai"), name));
        Assert.All(result.Errors, error =>
        {
            string name = $"{error.TargetObject}".Split('/')[^1];
            bool lives = Arm.State.HasAccount(name, "rg-ai");
            Assert.True(!lives || error.ToString().Contains("isn't known", StringComparison.Ordinal), $"{error}");
        });
    }
}
