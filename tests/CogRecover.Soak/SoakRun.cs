using System.Diagnostics;
using System.Net.NetworkInformation;
using CogRecover.Core;
using CogRecover.Core.Http;
using CogRecover.Sandbox.Arm;

namespace CogRecover.Soak;

/// <summary>
/// Lists, restores and purges, many at once, at a simulated ARM that fails, in rounds: after each, everything that was
/// reported is held against its state.
/// </summary>
public static class SoakRun
{
    private const int Accounts = 300;
    private const int AtOnce = 32;

    // Groups that went with all that was in them.
    private const int LostGroups = 5;

    // Accounts that nobody touches: a list that ends well has them all.
    private const int Kept = 60;

    // More of the outcomes aren't "not known", but where one caller's restore has to guess at another's purge.
    private const double MostUnknown = 0.02;
    private const double MostUnknownAtOdds = 0.2;

    // What a full collection leaves more or less anyway.
    private const long HeapGrowth = 8_000_000;

    /// <summary>Runs rounds until the time is over.</summary>
    /// <param name="seed">What operations and faults are drawn with.</param>
    /// <param name="time">For how long rounds are begun.</param>
    /// <param name="progress">Gets a line a round; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<SoakReport> RunAsync(
        int seed, TimeSpan time, TextWriter? progress, CancellationToken cancellationToken)
    {
        var report = new SoakReport();
        var watch = Stopwatch.StartNew();
        for (int round = 0; round == 0 || watch.Elapsed < time; round++)
        {
            List<WeakReference> engines = [];
            await RunRoundAsync(seed + round, report, engines, cancellationToken);
            await RequireGoneAsync(engines, report, cancellationToken);
            report.Heap.Add(GC.GetTotalMemory(forceFullCollection: true));
            progress?.WriteLine($"{watch.Elapsed:mm\\:ss} round {round + 1}, {report.Operations.Values.Sum():N0} "
                + $"operations, {report.Faults.Values.Sum():N0} faults, {report.Mismatches.Count} mismatches");
        }

        foreach (IGrouping<bool, KeyValuePair<string, int>> outcomes in report.Outcomes.GroupBy(outcome =>
            outcome.Key.StartsWith("restore and purge", StringComparison.Ordinal)))
        {
            int all = outcomes.Sum(outcome => outcome.Value);
            int unknown = outcomes.Where(outcome => outcome.Key.Contains(": unknown", StringComparison.Ordinal))
                .Sum(outcome => outcome.Value);
            if (unknown > all * (outcomes.Key ? MostUnknownAtOdds : MostUnknown))
                report.Mismatches.Add($"{unknown} of {all} outcomes aren't known");
        }

        // The first rounds fill caches and pools.
        if (report.Heap.Count > 10 && report.Heap[^1] - report.Heap[5] > HeapGrowth)
            report.Mismatches.Add($"the heap has grown from {report.Heap[5]:N0} to {report.Heap[^1]:N0} bytes");
        return report;
    }

    /// <summary>A task or a timer that was left behind holds the engine that it works for.</summary>
    private static async Task RequireGoneAsync(
        List<WeakReference> engines, SoakReport report, CancellationToken cancellationToken)
    {
        for (int look = 0; look < 50 && engines.Exists(engine => engine.IsAlive); look++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(100, cancellationToken);
        }

        int left = engines.Count(engine => engine.IsAlive);
        if (left > 0) report.Mismatches.Add($"{left} of {engines.Count} engines are still at work");
    }

    private static async Task RunRoundAsync(
        int seed, SoakReport report, List<WeakReference> engines, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var arm = await SimulatedArm.StartAsync(
            new()
            {
                SampleData = false,
                PageSize = 50,
                RestoreTime = TimeSpan.FromSeconds(0.3),
                PurgeTime = TimeSpan.FromSeconds(0.3),
                VaultRecoveryTime = TimeSpan.FromSeconds(0.3),
                StorageRecoveryTime = TimeSpan.FromSeconds(0.3),
            },
            cancellationToken);
        int port = arm.Endpoint.Port;
        await using (arm)
        {
            Dictionary<string, ISoakOperation> operations = [];
            for (int i = 0; i < Accounts; i++)
            {
                string name = $"account-{i}";
                if (random.Next(10) == 0)
                {
                    var lost = new SoakRecovery(name, $"rg-lost-{random.Next(LostGroups)}");
                    lost.AddTo(arm.State);
                    operations[name] = lost;
                    continue;
                }

                arm.State.AddDeletedAccount(name, SoakOperation.Group);
                operations[name] = Draw(random, name);
            }

            for (int i = 0; i < LostGroups; i++)
                arm.State.BeginGroupDeletion($"rg-lost-{i}", TimeSpan.FromSeconds(random.Next(3)));

            for (int i = 0; i < Kept; i++) arm.State.AddDeletedAccount($"kept-{i}", SoakOperation.Group);
            AccountRecovery recovery = Connect(arm, engines);
            List<DeletedCognitiveAccount> accounts = await recovery.Accounts.ListAsync(
                arm.State.DefaultSubscriptionId, e => throw e, cancellationToken)
                .SelectMany(page => page).ToListAsync(cancellationToken);
            int kept = accounts.RemoveAll(account => !operations.ContainsKey(account.Name));
            if (kept != Kept || accounts.Count != Accounts)
                report.Mismatches.Add($"{accounts.Count} of {Accounts} accounts were listed");

            arm.Faults.Set(SoakFaults.Plan(seed));
            await Parallel.ForEachAsync(
                accounts,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (account, token) =>
                {
                    await operations[account.Name].RunAsync(recovery, account, token);
                    if (account.Name.EndsWith('7')) await ListAsync(Connect(arm, engines), arm, report, token);
                });
            foreach ((int index, int strikes) in arm.Faults.Strikes.Index())
                SoakReport.Count(report.Faults, SoakFaults.Name(index), strikes);
            arm.Faults.Set();

            // An operation whose outcome isn't known may still go on.
            await Task.Delay(500, cancellationToken);
            int requests = arm.Requests.Count;
            foreach (ISoakOperation operation in operations.Values)
            {
                SoakReport.Count(report.Operations, operation.Name);
                foreach (string outcome in operation.Outcomes)
                    SoakReport.Count(report.Outcomes, $"{operation.Name}: {outcome}");
                if (operation.Check(arm.State) is { } mismatch) report.Mismatches.Add($"seed {seed}: {mismatch}");
            }

            await Task.Delay(200, cancellationToken);
            if (arm.Requests.Count != requests)
                report.Mismatches.Add($"seed {seed}: {arm.Requests.Count - requests} requests came after the end");
        }

        int open = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Count(connection =>
            connection.RemoteEndPoint.Port == port && connection.State == TcpState.Established);
        if (open > 0) report.Mismatches.Add($"seed {seed}: {open} connections are left");
    }

    private static SoakOperation Draw(Random random, string name) => random.Next(10) switch
    {
        < 4 => new(name, "restore"),
        < 8 => new(name, "purge"),
        8 => new(name, "restore", "restore"),
        _ => new(name, "restore", "purge"),
    };

    /// <summary>Lists while accounts come and go: none twice, and an error where those that stay aren't all there.
    /// </summary>
    private static async Task ListAsync(
        AccountRecovery recovery, SimulatedArm arm, SoakReport report, CancellationToken cancellationToken)
    {
        HashSet<string> names = [];
        string outcome = "listed";
        try
        {
            await foreach (DeletedCognitiveAccount account in recovery.Accounts.ListAsync(
                arm.State.DefaultSubscriptionId, e => throw e, cancellationToken).SelectMany(page => page))
                if (!names.Add(account.Name)) outcome = "an account twice";
        }
        catch (RecoveryException)
        {
            outcome = "an error";
        }

        int missing = Kept - names.Count(name => name.StartsWith("kept-", StringComparison.Ordinal));
        if (outcome == "listed" && missing > 0) outcome = "not whole";
        lock (report)
        {
            SoakReport.Count(report.Operations, "list");
            SoakReport.Count(report.Outcomes, $"list: {outcome}");
            if (outcome == "an account twice") report.Mismatches.Add("an account was listed twice");
            if (outcome == "not whole") report.Mismatches.Add($"a list that ended well lacks {missing} accounts");
        }
    }

    private static AccountRecovery Connect(SimulatedArm arm, List<WeakReference> engines)
    {
        var token = new ArmToken("soak", DateTimeOffset.UtcNow.AddHours(1));
        var recovery = new AccountRecovery(new ArmConnection(arm.Endpoint, _ => Task.FromResult(token))
        {
            RetryDelay = TimeSpan.FromMilliseconds(20),
            NetworkTimeout = TimeSpan.FromSeconds(1),
        });
        lock (engines) engines.Add(new WeakReference(recovery));
        return recovery;
    }
}
