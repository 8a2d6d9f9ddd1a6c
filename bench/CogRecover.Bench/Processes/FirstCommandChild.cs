using System.Diagnostics;

namespace CogRecover.Bench.Processes;

/// <summary>
/// The first two commands of a session, in a process that is signed in and has imported the module; or the first list of
/// a bare client there.
/// </summary>
internal static class FirstCommandChild
{
    /// <summary>Lists one account with a bare client, and not with the module.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> MeasureBareAsync(Uri arm)
    {
        using var module = new ModuleSession(arm);
        using var bare = new BareClient(arm);
        var watch = Stopwatch.StartNew();
        await bare.ReadAsync(CancellationToken.None);
        return watch.Elapsed;
    }

    /// <summary>Lists one account twice.</summary>
    /// <returns>How long each took.</returns>
    public static TimeSpan[] Measure(Uri arm)
    {
        using var module = new ModuleSession(arm);
        // Pipelines of the same shape as those that are measured.
        module.TimeDropped("1", outputs: 1, CancellationToken.None);
        return [List(), List()];

        TimeSpan List() => module.TimeDropped("Get-DeletedCognitiveAccount", outputs: 1, CancellationToken.None);
    }
}
