namespace CogRecover.Core.Arm;

/// <summary>Waits for work that others wait for too.</summary>
internal static class SharedTask
{
    /// <summary>Waits for the task until the token ends the wait. The task goes on for the others.</summary>
    /// <exception cref="OperationCanceledException">The token was first.</exception>
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
