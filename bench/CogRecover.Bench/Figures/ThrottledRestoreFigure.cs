using CogRecover.Bench.Processes;

namespace CogRecover.Bench.Figures;

/// <summary>More restores than ARM allows at once. None may fail for it, and none may wait for nothing.</summary>
/// <param name="name">What <c>--only</c> calls it.</param>
/// <param name="bucket">The writes that ARM allows at once.</param>
internal sealed class ThrottledRestoreFigure(string name, int bucket) : IFigure
{
    private const int Accounts = 300;
    private const int WritesPerSecond = 10;

    public string Name => name;

    public string What => $"restore {Accounts} accounts at {WritesPerSecond} writes/s, bucket of {bucket}";

    public int Runs => 1;

    public TimeSpan Timeout => TimeSpan.FromMinutes(3);

    public async Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        await ModuleSession.WarmUpAsync(cancellationToken);
        List<TimeSpan> times = [];
        for (int run = 0; run < runs; run++)
        {
            await using var arm = await ArmProcess.StartAsync(
                new() { Accounts = Accounts, WritesPerSecond = WritesPerSecond, WriteBurst = bucket },
                cancellationToken);
            using var module = new ModuleSession(arm.Endpoint);
            module.Run("$accounts = Get-DeletedCognitiveAccount", cancellationToken);
            times.Add(module.Time(
                "$accounts | Restore-CognitiveAccount -ThrottleLimit 64", Accounts, cancellationToken));
        }

        TimeSpan limit = TimeSpan.FromSeconds((Accounts - bucket) / (double)WritesPerSecond);
        return [Row.Times(What, Rounds.Median(times), limit, 1.15)];
    }
}
