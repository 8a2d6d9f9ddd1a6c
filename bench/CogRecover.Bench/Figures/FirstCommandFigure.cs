using CogRecover.Bench.Processes;

namespace CogRecover.Bench.Figures;

/// <summary>The first command of a session, against the first list of a bare client in a process of the same kind.
/// </summary>
internal sealed class FirstCommandFigure : IFigure
{
    public string Name => "first-command";

    public string What => "the first Get-DeletedCognitiveAccount | a bare client's first list";

    public int Runs => 9;

    public TimeSpan Timeout => TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        await using var arm = await ArmProcess.StartAsync(new() { Accounts = 1 }, cancellationToken);
        var medians = await Rounds.MediansAsync(
            runs,
            async () => (await ChildProcess.AskAsync<TimeSpan[]>(
                cancellationToken, ChildVerbs.FirstCommand, arm.Endpoint.AbsoluteUri))[0],
            () => ChildProcess.AskAsync<TimeSpan>(
                cancellationToken, ChildVerbs.FirstBareList, arm.Endpoint.AbsoluteUri));
        return [Row.Times(What, medians[0], medians[1], 4)];
    }
}
