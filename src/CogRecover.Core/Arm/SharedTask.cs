namespace CogRecover.Core.Arm;

/// <summary>Waits for a task that others wait for too.</summary>
internal static class SharedTask
{
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
