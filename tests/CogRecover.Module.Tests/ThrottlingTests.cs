using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Faults;
using CogRecover.Sandbox.Host;

namespace CogRecover.Module.Tests;

/// <summary>What a user sees of throttling.</summary>
public sealed class ThrottlingTests : ModuleTest
{
    private static readonly Fault Throttled = new()
    {
        Kind = FaultKind.Status, Status = 429, Code = "TooManyRequests", Method = "PUT",
    };

    private protected override SimulatedArmOptions Options =>
        base.Options with { WritesPerSecond = 20, WriteBurst = 5 };

    [Fact]
    public void Many_restores_at_a_service_that_takes_few_get_through_without_an_error()
    {
        string[] names = [.. Enumerable.Range(0, 30).Select(i => $"account-{i:00}")];
        GivenDeleted(names);

        ShellResult result = Shell.Run(
            "Get-DeletedCognitiveAccount | Restore-CognitiveAccount -ThrottleLimit 32").ThrowIfFailed();

        Assert.Equal(names, Names(result));
        Assert.All(names, name => Assert.True(Arm.State.HasAccount(name, "rg-ai")));
    }

    [Fact]
    public void A_wait_shows_in_the_verbose_output_and_in_the_progress()
    {
        GivenDeleted("contoso-one");
        Arm.Faults.Set(Throttled with { RetryAfter = "2", Times = 1 });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-one -Verbose").ThrowIfFailed();

        string waits = $"takes no more writes of subscription {Subscription} until ";
        Assert.Single(result.Verbose, message => message.Contains(waits, StringComparison.Ordinal));
        Assert.Contains(Shell.Ui.Progress, record =>
            record.StatusDescription.Contains(waits, StringComparison.Ordinal));
        Assert.Equal(["contoso-one"], Names(result));
    }

    [Fact]
    public void A_wait_that_is_longer_than_the_timeout_is_an_error_and_nothing_was_done()
    {
        GivenDeleted("contoso-one");
        Arm.Faults.Set(Throttled with { RetryAfter = "600" });

        ShellResult result = Shell.Run("Restore-CognitiveAccount contoso-one -Timeout 00:00:02");

        var error = Assert.Single(result.Errors);
        Assert.Equal($"RequestThrottled,{RestoreClass}", error.FullyQualifiedErrorId);
        Assert.False(Arm.State.HasAccount("contoso-one", "rg-ai"));
        Assert.Equal([1], Arm.Faults.Strikes);
    }
}
