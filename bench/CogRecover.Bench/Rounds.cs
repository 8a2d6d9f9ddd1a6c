namespace CogRecover.Bench;

/// <summary>Measures several things in turns, so that a noisy moment of the machine meets all of them.</summary>
internal static class Rounds
{
    /// <summary>Measures each once to warm up, and then in as many rounds as are asked for.</summary>
    /// <returns>The median of each.</returns>
    public static async Task<T[]> MediansAsync<T>(int runs, params Func<Task<T>>[] measure)
        where T : IComparable<T>
    {
        foreach (var one in measure) await one();
        var measured = measure.Select(_ => new List<T>()).ToArray();
        for (int round = 0; round < runs; round++)
        {
            for (int i = 0; i < measure.Length; i++)
            {
                // What one leaves behind isn't collected in the other's time.
                GC.Collect();
                measured[i].Add(await measure[i]());
            }
        }

        return [.. measured.Select(Median)];
    }

    /// <summary>The one in the middle; of an even number, the worse of the two.</summary>
    public static T Median<T>(List<T> values)
        where T : IComparable<T>
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
