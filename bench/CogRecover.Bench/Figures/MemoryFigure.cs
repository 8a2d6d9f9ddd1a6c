using System.Globalization;
using CogRecover.Bench.Processes;

namespace CogRecover.Bench.Figures;

/// <summary>What a list takes in memory above its results: what the engine holds, and what the process takes.</summary>
internal sealed class MemoryFigure : IFigure
{
    private const double AllowedToHold = 8 << 20;

    // Garbage that isn't collected yet is most of it.
    private const double AllowedToTake = 64 << 20;

    // What two measurements differ in anyway.
    private const double Growth = 4 << 20;

    public string Name => "memory";

    public string What => "memory of a list above its results";

    public int Runs => 3;

    public TimeSpan Timeout => TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyList<Row>> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        await using var small = await ArmProcess.StartAsync(new() { Accounts = 1 }, cancellationToken);
        Dictionary<(string Verb, bool Keep, int Accounts), double> above = [];
        foreach (int accounts in new[] { 1_000, 10_000, 50_000 })
        {
            await using var arm = await ArmProcess.StartAsync(new() { Accounts = accounts }, cancellationToken);
            foreach (bool keep in new[] { true, false })
            {
                above[(ChildVerbs.LiveMemory, keep, accounts)] = await MedianAsync(ChildVerbs.LiveMemory, keep);
                above[(ChildVerbs.WorkingSet, keep, accounts)] = await MedianAsync(ChildVerbs.WorkingSet, keep);
            }

            async Task<double> MedianAsync(string verb, bool keep)
            {
                List<double> uses = [];
                for (int run = 0; run < runs; run++)
                {
                    var use = await ChildProcess.AskAsync<MemoryUse>(
                        cancellationToken, verb, small.Endpoint.AbsoluteUri, arm.Endpoint.AbsoluteUri, $"{keep}",
                        accounts.ToString(CultureInfo.InvariantCulture));
                    if (use.Accounts != accounts)
                        throw new InvalidDataException($"{use.Accounts} accounts came instead of {accounts}.");
                    uses.Add(use.Above);
                }

                return Rounds.Median(uses);
            }
        }

        return [.. Rows(keep: true, above), .. Rows(keep: false, above)];
    }

    private static IEnumerable<Row> Rows(
        bool keep, IReadOnlyDictionary<(string Verb, bool Keep, int Accounts), double> above)
    {
        string results = keep ? "kept" : "dropped";
        double Held(int accounts) => above[(ChildVerbs.LiveMemory, keep, accounts)];
        double Taken(int accounts) => above[(ChildVerbs.WorkingSet, keep, accounts)];
        return
        [
            Row.AtMost($"held by the engine, {results}: 10,000 accounts", Held(10_000), AllowedToHold),
            Row.More($"held by the engine, {results}: 50,000 | 1,000", Held(50_000), Held(1_000), Growth),
            Row.AtMost($"taken by the process, {results}: 10,000 accounts", Taken(10_000), AllowedToTake),
            Row.AtMost($"taken by the process, {results}: 50,000 accounts", Taken(50_000), AllowedToTake),
        ];
    }
}
