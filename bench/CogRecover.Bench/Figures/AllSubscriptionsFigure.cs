using CogRecover.Bench.Processes;

namespace CogRecover.Bench.Figures;

/// <summary>A short list of each of many subscriptions, at an ARM that takes its time.</summary>
internal sealed class AllSubscriptionsFigure : IFigure
{
    private const int Subscriptions = 500;
    private const int Accounts = 3 * Subscriptions;
    private const int ThrottleLimit = 32;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    public string Name => "all-subscriptions";

    public string What => "list 500 subscriptions of 3 accounts at 50 ms, 32 at a time";

    public int Runs => 5;

    public TimeSpan Timeout => TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        await using var arm = await ArmProcess.StartAsync(
            new() { Subscriptions = Subscriptions, Accounts = Accounts, Latency = Latency, RemembersPages = true },
            cancellationToken);
        using var module = new ModuleSession(arm.Endpoint);
        var medians = await Rounds.MediansAsync(runs, () => Task.FromResult(module.TimeDropped(
            $"Get-DeletedCognitiveAccount -AllSubscriptions -ThrottleLimit {ThrottleLimit}",
            Accounts, cancellationToken)));
        return [Row.Times(What, medians[0], Math.Ceiling((double)Subscriptions / ThrottleLimit) * Latency, 1.5)];
    }
}
