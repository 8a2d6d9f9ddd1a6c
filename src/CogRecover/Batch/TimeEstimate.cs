namespace CogRecover.Batch;

/// <summary>Estimates how long operations still take, from those that have ended.</summary>
internal static class TimeEstimate
{
    /// <param name="ended">How long each operation took that ended well.</param>
    /// <param name="running">How long each has run that hasn't ended.</param>
    /// <param name="notBegun">How many haven't begun.</param>
    /// <param name="atOnce">How many run at once while there are enough.</param>
    /// <returns>Null where nothing tells: none has ended well, or all that are left take longer than those did.
    /// </returns>
    public static TimeSpan? Remaining(
        IReadOnlyCollection<TimeSpan> ended, IReadOnlyCollection<TimeSpan> running, int notBegun, int atOnce)
    {
        if (ended.Count == 0) return null;
        double mean = ended.Average(time => time.TotalSeconds);
        double[] left = [.. running.Select(time => Math.Max(0, mean - time.TotalSeconds))];
        double together = left.Sum() + (mean * notBegun);
        if (together == 0) return null;
        int side = Math.Max(1, Math.Min(atOnce, running.Count + notBegun));
        double longest = notBegun > 0 ? mean : left.Max();
        return TimeSpan.FromSeconds(Math.Max(together / side, longest));
    }
}
