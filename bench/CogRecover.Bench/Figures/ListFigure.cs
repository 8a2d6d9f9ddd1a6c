using System.Diagnostics;
using CogRecover.Bench.Processes;

namespace CogRecover.Bench.Figures;

/// <summary>
/// A long list of one subscription, by the engine and by the module, against a client that reads the same fields. The
/// server has its pages ready: nothing but loopback limits the reader.
/// </summary>
internal sealed class ListFigure : IFigure
{
    private const int Accounts = 10_000;

    public string Name => "list";

    public string What => "list 10,000 accounts";

    public int Runs => 7;

    public TimeSpan Timeout => TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        await using var arm = await ArmProcess.StartAsync(
            new() { Accounts = Accounts, RemembersPages = true }, cancellationToken);
        using var bare = new BareClient(arm.Endpoint);
        using var module = new ModuleSession(arm.Endpoint);
        module.Run("$null = Get-DeletedCognitiveAccount", cancellationToken);
        long bytes = await arm.TakeGivenAsync(cancellationToken);

        var medians = await Rounds.MediansAsync(
            runs,
            () => CheckedAsync(() => TimeAsync(() => bare.ReadAsync(cancellationToken))),
            () => CheckedAsync(() => TimeAsync(() => StagedEngine.CountAsync(arm.Endpoint, cancellationToken))),
            () => CheckedAsync(() => Task.FromResult(
                module.TimeDropped("Get-DeletedCognitiveAccount", Accounts, cancellationToken))));
        return
        [
            Row.Times($"{What}: engine | bare client", medians[1], medians[0], 1.3),
            Row.Times($"{What}: module | bare client", medians[2], medians[0], 2),
        ];

        // Who reads less is faster.
        async Task<TimeSpan> CheckedAsync(Func<Task<TimeSpan>> time)
        {
            TimeSpan elapsed = await time();
            long given = await arm.TakeGivenAsync(cancellationToken);
            return given == bytes
                ? elapsed
                : throw new InvalidDataException($"{given:N0} bytes were read instead of {bytes:N0}.");
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task<int>> read)
    {
        var watch = Stopwatch.StartNew();
        int came = await read().ConfigureAwait(false);
        TimeSpan elapsed = watch.Elapsed;
        return came == Accounts
            ? elapsed
            : throw new InvalidDataException($"{came:N0} accounts came instead of {Accounts:N0}.");
    }
}
