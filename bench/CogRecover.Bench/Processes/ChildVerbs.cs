using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace CogRecover.Bench.Processes;

/// <summary>What runs in children. Each prints one line, and ends when its standard input does.</summary>
internal static class ChildVerbs
{
    public const string Arm = "arm";
    public const string Import = "import";
    public const string FirstCommand = "first-command";
    public const string FirstBareList = "first-bare-list";
    public const string LiveMemory = "live-memory";
    public const string WorkingSet = "working-set";

    /// <summary>The verbs, which help doesn't show.</summary>
    public static IEnumerable<Command> Create() =>
    [
        Verb(Arm, arguments => ArmChild.RunAsync(JsonSerializer.Deserialize<ArmSettings>(arguments[0])!)),
        Verb(Import, arguments => PrintAsync(ImportChild.Measure(arguments[0]))),
        Verb(FirstCommand, arguments => PrintAsync(FirstCommandChild.Measure(new(arguments[0])))),
        Verb(FirstBareList, async arguments => await PrintAsync(
            await FirstCommandChild.MeasureBareAsync(new(arguments[0])))),
        Verb(LiveMemory, async arguments => await PrintAsync(await LiveMemoryChild.MeasureAsync(
            new(arguments[0]), new(arguments[1]), bool.Parse(arguments[2]),
            int.Parse(arguments[3], CultureInfo.InvariantCulture)))),
        Verb(WorkingSet, arguments => PrintAsync(WorkingSetChild.Measure(
            new(arguments[0]), new(arguments[1]), bool.Parse(arguments[2])))),
    ];

    private static Command Verb(string name, Func<string[], Task> run)
    {
        var arguments = new Argument<string[]>("arguments");
        var command = new Command(name) { arguments };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            EndWithParent();
            await run(parsed.GetValue(arguments)!);
        });
        return command;
    }

    private static Task PrintAsync<T>(T measured) => Console.Out.WriteLineAsync(JsonSerializer.Serialize(measured));

    // A parent that is killed can't kill its children, but its end of the pipe is closed.
    private static void EndWithParent() => new Thread(() =>
    {
        while (Console.In.Read() >= 0) { }
        Environment.Exit(0);
    }) { IsBackground = true }.Start();
}
