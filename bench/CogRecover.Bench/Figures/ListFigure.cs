using System.Diagnostics;
using CogRecover.Bench.Processes;

namespace CogRecover.Bench.Figures;

/// <summary>
/// A long list of one subscription, by the engine and by the module, against a client that only reads. The server has
/// its pages ready: nothing but loopback limits the reader.
/// </summary>
internal sealed class ListFigure : IFigure
{
    private const int Accounts = 10_000;
    private const double Allowed = 1.5;

    public string Name => "list";

    public string What => "list 10,000 accounts";

    public int Runs => 7;

    public TimeSpan Timeout => TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        await using var arm = await ArmProcess.StartAsync(
            new() { Accounts = Accounts, RemembersPages = true }, cancellationToken);
        using var bare = await BareClient.LearnAsync(arm.Endpoint, cancellationToken);
        if (bare.Accounts != Accounts) throw new InvalidDataException($"The ARM has {bare.Accounts} accounts.");
        using var module = new ModuleSession(arm.Endpoint);
        module.Run("$null = Get-DeletedCognitiveAccount", cancellationToken);
        await arm.TakeGivenAsync(cancellationToken);

        var medians = await Rounds.MediansAsync(
            runs,
            () => CheckedAsync(() => TimeAsync(async () => await bare.ReadAsync(cancellationToken), bare.Bytes)),
            () => CheckedAsync(() => TimeAsync(
                async () => await StagedEngine.CountAsync(arm.Endpoint, cancellationToken), Accounts)),
            () => CheckedAsync(() => Task.FromResult(
                module.TimeDropped("Get-DeletedCognitiveAccount", Accounts, cancellationToken))));
        return
        [
            Row.Times($"{What}: engine | bare client", medians[1], medians[0], Allowed),
            Row.Times($"{What}: module | bare client", medians[2], medians[0], Allowed),
        ];

        // Who reads less is faster.
        async Task<TimeSpan> CheckedAsync(Func<Task<TimeSpan>> time)
        {
            TimeSpan elapsed = await time();
            long given = await arm.TakeGivenAsync(cancellationToken);
            return given == bare.Bytes
                ? elapsed
                : throw new InvalidDataException($"{given:N0} bytes were read instead of {bare.Bytes:N0}.");
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task<long>> read, long expected)
    {
        var watch = Stopwatch.StartNew();
        long came = await read().ConfigureAwait(false);
        TimeSpan elapsed = watch.Elapsed;
        return came == expected ? elapsed : throw new InvalidDataException($"{came:N0} came instead of {expected:N0}.");
    }
}
