namespace CogRecover.Bench.Processes;

/// <summary>
/// What the process takes from the machine while the module lists: the most of its working set, less what it was before
/// and less what the kept accounts take.
/// </summary>
internal static class WorkingSetChild
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    /// <summary>Lists once.</summary>
    /// <param name="small">An ARM of one account, to have everything loaded and compiled.</param>
    /// <param name="arm">The ARM to list.</param>
    /// <param name="keep">Whether the accounts are kept in a variable, or dropped as they come.</param>
    public static MemoryUse Measure(Uri small, Uri arm, bool keep)
    {
        string list = keep
            ? "$accounts = Get-DeletedCognitiveAccount; $accounts.Count"
            : "Get-DeletedCognitiveAccount | & { begin { $n = 0 } process { $n++ } end { $n } }";
        using (var warm = new ModuleSession(small)) warm.Run(list, CancellationToken.None);
        using var module = new ModuleSession(arm);

        Live();
        long before = Environment.WorkingSet;
        long most = before;
        using var done = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            do most = Math.Max(most, Environment.WorkingSet);
            while (!done.Wait(Interval));
        });
        watch.Start();
        int count = (int)module.Run(list, CancellationToken.None).Single().BaseObject;
        done.Set();
        watch.Join();

        // What the accounts take is what is free without them: what pools keep isn't theirs.
        long after = Live();
        module.Run("$accounts = $null", CancellationToken.None);
        long results = keep ? after - Live() : 0;
        return new(count, most - before - results);
    }

    private static long Live()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
