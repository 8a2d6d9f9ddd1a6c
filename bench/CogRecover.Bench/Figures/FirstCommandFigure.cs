using CogRecover.Bench.Processes;

namespace CogRecover.Bench.Figures;

/// <summary>What the first command of a session costs over the second.</summary>
internal sealed class FirstCommandFigure : IFigure
{
    public string Name => "first-command";

    public string What => "the first Get-DeletedCognitiveAccount | the second";

    public int Runs => 9;

    public TimeSpan Timeout => TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        await using var arm = await ArmProcess.StartAsync(new() { Accounts = 1 }, cancellationToken);
        List<TimeSpan> first = [];
        List<TimeSpan> second = [];
        // The first child finds cold files; it isn't counted.
        for (int run = -1; run < runs; run++)
        {
            var times = await ChildProcess.AskAsync<TimeSpan[]>(
                cancellationToken, ChildVerbs.FirstCommand, arm.Endpoint.AbsoluteUri);
            if (run < 0) continue;
            first.Add(times[0]);
            second.Add(times[1]);
        }

        return
        [
            Row.Longer(What, Rounds.Median(first), Rounds.Median(second), TimeSpan.FromMilliseconds(120)),
        ];
    }
}
