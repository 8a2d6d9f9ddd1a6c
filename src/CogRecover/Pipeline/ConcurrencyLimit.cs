namespace CogRecover.Pipeline;

/// <summary>Limits how much work runs at once. Work starts in the order in which it came. Thread-safe.</summary>
internal sealed class ConcurrencyLimit(int count)
{
    private readonly SemaphoreSlim free = new(count);

    /// <summary>Waits until there is room.</summary>
    /// <returns>What gives the room back when it is disposed.</returns>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        var room = new Room(free);

        // The cancellation of other work may have made the room.
        if (!cancellationToken.IsCancellationRequested) return room;
        room.Dispose();
        throw new OperationCanceledException(cancellationToken);
    }

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        using IDisposable room = await EnterAsync(cancellationToken);
        return await work();
    }

    private sealed class Room(SemaphoreSlim free) : IDisposable
    {
        private int isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLeft, 1) == 0) free.Release();
        }
    }
}
