namespace CogRecover.Pipeline;

/// <summary>Lets only so much work run at once, in the order in which it came. Thread-safe.</summary>
internal sealed class ConcurrencyLimit(int count)
{
    private readonly SemaphoreSlim free = new(count);

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            // What made room may be the end of work that was canceled.
            cancellationToken.ThrowIfCancellationRequested();
            return await work();
        }
        finally
        {
            free.Release();
        }
    }

    public Task RunAsync(Func<Task> work, CancellationToken cancellationToken) =>
        RunAsync(async () => { await work(); return true; }, cancellationToken);
}
