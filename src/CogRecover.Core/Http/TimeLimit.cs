namespace CogRecover.Core.Http;

/// <summary>The time that work may take, from now on: several parts of it share the limit.</summary>
internal sealed class TimeLimit(TimeSpan time)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();

    public TimeSpan Time => time;

    /// <summary>Runs work in the time that is left.</summary>
    /// <param name="timedOut">Makes the exception if it takes longer.</param>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> work, Func<Exception, Exception> timedOut, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan left = time - watch.Elapsed;
        limit.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            return await work(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (limit.IsCancellationRequested && e is not RecoveryException)
        {
            // A cancellation, or what the library makes of one during a retry: all that went wrong together.
            cancellationToken.ThrowIfCancellationRequested();
            throw timedOut(e);
        }
    }
}
