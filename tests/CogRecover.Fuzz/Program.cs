using System.CommandLine;
using CogRecover.Fuzz;

var seconds = new Option<int>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 600 };
var seed = new Option<int>("--seed") { Description = "What it is drawn with.", DefaultValueFactory = _ => 1 };
var file = new Option<FileInfo?>("--file") { Description = "Runs this input only, such as one that was found." };
var root = new RootCommand("Feeds the list parser what no service would send. Ends with 1 where it can't cope.")
{
    seconds, seed, file,
};
root.SetAction((arguments, cancellationToken) =>
{
    InstrumentedCore.Use();
    int result = arguments.GetValue(file) is { } input
        ? Fuzzing.RunOne(File.ReadAllBytes(input.FullName))
        : new Fuzzing(arguments.GetValue(seed)).Run(
            TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellationToken);
    return Task.FromResult(result);
});
return await root.Parse(args).InvokeAsync();
