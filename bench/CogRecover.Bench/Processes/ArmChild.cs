using CogRecover.Sandbox.Arm;

namespace CogRecover.Bench.Processes;

/// <summary>The simulated ARM in a process of its own, so that its work isn't measured as ours.</summary>
internal static class ArmChild
{
    /// <summary>Starts it, prints its endpoint, and keeps it until the process is ended.</summary>
    public static async Task RunAsync(ArmSettings settings)
    {
        await using var arm = await SimulatedArm.StartAsync(new()
        {
            SampleData = false,
            ExtraAccounts = settings.Accounts,
            ExtraSubscriptions = settings.Subscriptions - 1,
            // Pages that are remembered take theirs when they are given.
            Latency = settings.RemembersPages ? TimeSpan.Zero : settings.Latency,
            RestoreTime = settings.OperationTime,
            PurgeTime = settings.OperationTime,
            WritesPerSecond = settings.WritesPerSecond,
            WriteBurst = settings.WriteBurst,
        });
        if (settings.RemembersPages) arm.Intercept = new RememberedPages(arm.Endpoint, settings.Latency).AnswerAsync;
        await Console.Out.WriteLineAsync(arm.Endpoint.AbsoluteUri);
        await Task.Delay(Timeout.Infinite);
    }
}
