using CogRecover.Bench.Processes;
using CogRecover.Sandbox.Host;

namespace CogRecover.Bench.Figures;

/// <summary>The import of the module, against one that has its views and nothing else.</summary>
internal sealed class ImportFigure : IFigure
{
    public string Name => "import";

    public string What => "Import-Module | an empty one with the same views";

    public int Runs => 9;

    public TimeSpan Timeout => TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        string empty = Path.Combine(AppContext.BaseDirectory, "EmptyModule", "EmptyModule.psd1");
        var medians = await Rounds.MediansAsync(
            runs, () => ImportAsync(ModuleShell.Manifest), () => ImportAsync(empty));
        return [Row.Times(What, medians[0], medians[1], 2)];

        Task<TimeSpan> ImportAsync(string manifest) =>
            ChildProcess.AskAsync<TimeSpan>(cancellationToken, ChildVerbs.Import, manifest);
    }
}
