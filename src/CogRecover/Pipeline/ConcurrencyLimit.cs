namespace CogRecover.Pipeline;

/// <summary>Lets only so much work be under way at once. Safe to be used from many threads.</summary>
/// <param name="count">How much.</param>
internal sealed class Slots(int count)
{
    private readonly SemaphoreSlim free = new(count);

    /// <summary>Runs work as soon as a slot is free.</summary>
    public Task RunAsync(Func<Task> work, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await work().ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <inheritdoc cref="RunAsync(Func{Task}, CancellationToken)"/>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            free.Release();
        }
    }
}
