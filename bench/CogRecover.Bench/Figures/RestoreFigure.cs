using CogRecover.Bench.Processes;

namespace CogRecover.Bench.Figures;

/// <summary>Many restores that take a while each.</summary>
internal sealed class RestoreFigure : IFigure
{
    private const int Accounts = 200;
    private const int ThrottleLimit = 64;

    private static readonly TimeSpan OperationTime = TimeSpan.FromSeconds(2);

    public string Name => "restore";

    public string What => "restore 200 accounts of 2 s, 64 at a time";

    public int Runs => 3;

    public TimeSpan Timeout => TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        await ModuleSession.WarmUpAsync(cancellationToken);
        List<TimeSpan> times = [];
        for (int run = 0; run < runs; run++)
        {
            await using var arm = await ArmProcess.StartAsync(
                new() { Accounts = Accounts, OperationTime = OperationTime }, cancellationToken);
            using var module = new ModuleSession(arm.Endpoint);
            module.Run("$accounts = Get-DeletedCognitiveAccount", cancellationToken);
            times.Add(module.Time(
                $"$accounts | Restore-CognitiveAccount -ThrottleLimit {ThrottleLimit}", Accounts, cancellationToken));
        }

        TimeSpan limit = Math.Ceiling((double)Accounts / ThrottleLimit) * OperationTime;
        return [Row.Times(What, Rounds.Median(times), limit, 1.3)];
    }
}
