namespace CogRecover.Bench.Processes;

/// <summary>
/// What the engine holds while a list streams: the heap after a full collection, after each page, less
/// what it was before and less the accounts that have come so far.
/// </summary>
internal static class LiveMemoryChild
{
    /// <summary>Lists once.</summary>
    /// <param name="small">An ARM of one account, to have everything loaded and compiled.</param>
    /// <param name="arm">The ARM to list.</param>
    /// <param name="keep">Whether the accounts are kept, or dropped as they come.</param>
    /// <param name="expected">How many there are: who asked the ARM would have a page of it in memory.</param>
    public static async Task<MemoryUse> MeasureAsync(Uri small, Uri arm, bool keep, int expected)
    {
        using (var module = new ModuleSession(small))
            module.Run("$null = Get-DeletedCognitiveAccount", CancellationToken.None);
        // Not before the module has loaded the engine.
        await StagedEngine.CountAsync(small, CancellationToken.None);
        return await ListAsync(arm, expected, keep);
    }

    private static async Task<MemoryUse> ListAsync(Uri arm, int expected, bool keep)
    {
        List<(int Count, long Bytes)> moments = [];
        long before = Live();
        var kept = new List<object>(keep ? expected : 0);
        int count = 0;
        await foreach (var page in StagedEngine.ListAsync(arm, CancellationToken.None))
        {
            if (keep) kept.AddRange(page);
            count += page.Count;
            moments.Add((count, Live()));
        }

        // What the accounts take is what is free without them: what pools keep isn't theirs.
        long after = Live();
        kept.Clear();
        kept.TrimExcess();
        long results = keep ? after - Live() : 0;
        long above = moments.Max(moment => moment.Bytes - before - (results * moment.Count / count));
        return new(count, above);
    }

    private static long Live()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
