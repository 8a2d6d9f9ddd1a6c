using System.CommandLine;
using CogRecover.Soak;

var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 10 };
var seed = new Option<int>("--seed") { Description = "What it is drawn with.", DefaultValueFactory = _ => 1 };
var root = new RootCommand("Lists, restores and purges at a service that fails, and holds the outcomes against it.")
{
    minutes, seed,
};
root.SetAction(async (arguments, cancellationToken) =>
{
    SoakReport report = await SoakRun.RunAsync(
        arguments.GetValue(seed), TimeSpan.FromMinutes(arguments.GetValue(minutes)), Console.Out, cancellationToken);
    Console.WriteLine(report);
    return report.Mismatches.Count == 0 ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();
