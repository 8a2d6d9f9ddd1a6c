using CogRecover.Bench.Processes;

namespace CogRecover.Bench.Figures;

/// <summary>One purge: how soon it is noticed that it is done.</summary>
internal sealed class PurgeFigure : IFigure
{
    private static readonly TimeSpan OperationTime = TimeSpan.FromSeconds(2);

    public string Name => "purge";

    public string What => "purge 1 account of 2 s";

    public int Runs => 3;

    public TimeSpan Timeout => TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        await ModuleSession.WarmUpAsync(cancellationToken);
        await using var arm = await ArmProcess.StartAsync(
            new() { Accounts = runs, OperationTime = OperationTime }, cancellationToken);
        using var module = new ModuleSession(arm.Endpoint);
        module.Run("$accounts = @(Get-DeletedCognitiveAccount)", cancellationToken);
        List<TimeSpan> times = [];
        for (int run = 0; run < runs; run++)
        {
            times.Add(module.Time(
                $"$accounts[{run}] | Remove-DeletedCognitiveAccount -Force -PassThru", 1, cancellationToken));
        }

        return [Row.Times(What, Rounds.Median(times), OperationTime, 1.3)];
    }
}
