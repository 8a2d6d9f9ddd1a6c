using System.Diagnostics;

namespace CogRecover.Core.Arm.Throttling;

/// <summary>How long reads have waited to be sent. Several that wait at once wait once.</summary>
internal sealed class ThrottleWaits
{
    private readonly Stopwatch watch = new();
    private int waiting;

    private TimeSpan OfReads
    {
        get
        {
            lock (watch) return watch.Elapsed;
        }
    }

    public void Begin(RequestKind kind)
    {
        lock (watch)
            if (kind.IsRead && waiting++ == 0) watch.Start();
    }

    public void End(RequestKind kind)
    {
        lock (watch)
            if (kind.IsRead && --waiting == 0) watch.Stop();
    }

    /// <summary>Runs work that reads, within a time in which those waits don't count.</summary>
    /// <param name="timeout">The time.</param>
    /// <param name="work">The work. Its token ends it.</param>
    /// <param name="cancellationToken">Ends it too.</param>
    /// <returns>Whether it ended within the time.</returns>
    public async Task<bool> TryWithinAsync(
        TimeSpan timeout, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = new CancellationTokenSource();
        var elapsed = Stopwatch.StartNew();
        TimeSpan before = OfReads;
        Task running = work(limit.Token);
        while (!running.IsCompleted)
        {
            TimeSpan left = timeout - elapsed.Elapsed + (OfReads - before);
            if (left <= TimeSpan.Zero) break;

            // No timer takes more than 49 days.
            TimeSpan longest = TimeSpan.FromDays(1);
            await Task.WhenAny(running, Task.Delay(left < longest ? left : longest, ended.Token)).ConfigureAwait(false);
        }

        if (!running.IsCompleted) limit.Cancel();
        ended.Cancel();
        try
        {
            await running.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
