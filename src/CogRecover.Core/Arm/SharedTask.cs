namespace CogRecover.Core.Arm;

/// <summary>Waits for tasks: one that others wait for too, or many side by side.</summary>
internal static class SharedTask
{
    // Subscriptions that are searched side by side.
    private const int MostAtOnce = 8;

    /// <summary>Does something with each item, some at once, and returns the results in the order of the
    /// items.</summary>
    public static async Task<TResult[]> SelectAsync<T, TResult>(
        this IEnumerable<T> items, Func<T, Task<TResult>> select, CancellationToken cancellationToken)
    {
        using var room = new SemaphoreSlim(MostAtOnce);
        return await Task.WhenAll(items.Select(async item =>
        {
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await select(item).ConfigureAwait(false);
            }
            finally
            {
                room.Release();
            }
        })).ConfigureAwait(false);
    }

    /// <summary>Waits until the task or the token ends. The task goes on for the others.</summary>
    /// <exception cref="OperationCanceledException">The token ended first.</exception>
    public static async Task<T> WaitForAsync<T>(this Task<T> shared, CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => canceled.TrySetResult(true)))
        {
            await Task.WhenAny(shared, canceled.Task).ConfigureAwait(false);
        }

        if (!shared.IsCompleted) cancellationToken.ThrowIfCancellationRequested();
        return await shared.ConfigureAwait(false);
    }
}
