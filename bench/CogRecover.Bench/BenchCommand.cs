using System.CommandLine;
using CogRecover.Bench.Figures;
using CogRecover.Bench.Processes;

namespace CogRecover.Bench;

/// <summary>Measures the figures that are asked for, and prints a table.</summary>
internal static class BenchCommand
{
    private static readonly IFigure[] Figures =
    [
        new ListFigure(),
        new MemoryFigure(),
        new AllSubscriptionsFigure(),
        new RestoreFigure(),
        new PurgeFigure(),
        new ThrottledRestoreFigure("throttle-200", bucket: 200),
        new ThrottledRestoreFigure("throttle-20", bucket: 20),
        new ImportFigure(),
        new FirstCommandFigure(),
    ];

    /// <summary>The command, with the hidden verbs that run in children.</summary>
    public static RootCommand Create()
    {
        var only = new Option<string[]>("--only") { Description = "Only this figure. Can be repeated." };
        only.AcceptOnlyFromAmong([.. Figures.Select(figure => figure.Name)]);
        var list = new Option<bool>("--list") { Description = "Only name the figures." };
        var runs = new Option<int?>("--runs") { Description = "Rounds of each figure. Each has a default of its own." };
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1) result.AddError("--runs is at least 1.");
        });
        var root = new RootCommand("Measures CogRecover against its limits. Ends with 1 where a limit is passed.")
        {
            only, list, runs,
        };
        foreach (var verb in ChildVerbs.Create()) root.Add(verb);
        root.SetAction((arguments, cancellationToken) => RunAsync(
            [.. Figures.Where(figure => arguments.GetValue(only) is not [_, ..] names || names.Contains(figure.Name))],
            arguments.GetValue(list),
            arguments.GetValue(runs),
            cancellationToken));
        return root;
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<IFigure> figures, bool list, int? runs, CancellationToken cancellationToken)
    {
        if (list)
        {
            foreach (var figure in figures) Console.WriteLine($"{figure.Name,-18}{figure.What}");
            return 0;
        }

#if DEBUG
        Console.WriteLine("This build is for debugging: measure with -c Release.");
#endif
        var report = new Report(Console.Out);
        foreach (var figure in figures)
        {
            await report.AddAsync(figure, runs ?? figure.Runs, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return report.Close();
    }
}
