namespace CogRecover.Core.Http;

/// <summary>Ends work that takes too long.</summary>
internal static class TimeLimit
{
    /// <summary>Runs work within a time.</summary>
    /// <param name="timedOut">Makes the exception if it takes longer.</param>
    public static async Task<T> RunAsync<T>(
        TimeSpan time, Func<CancellationToken, Task<T>> work, Func<Exception, Exception> timedOut,
        CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(time > TimeSpan.Zero ? time : TimeSpan.Zero);
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
