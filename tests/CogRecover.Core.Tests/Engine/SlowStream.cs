namespace CogRecover.Core.Tests.Engine;

/// <summary>A stream whose every read is pending until the test lets the next bytes arrive.</summary>
/// <param name="content">All of it.</param>
/// <param name="size">Gives how many bytes arrive at once, by where they begin.</param>
internal sealed class SlowStream(byte[] content, Func<int, int> size)
{
    private readonly object gate = new();
    private (TaskCompletionSource<int> Read, Memory<byte> Buffer)? pending;
    private int at;

    public Stream Stream => new ScriptedStream((buffer, _) =>
    {
        lock (gate)
        {
            var read = new TaskCompletionSource<int>();
            pending = (read, buffer);
            return read.Task;
        }
    });

    /// <summary>Waits for what is read from the stream, while its bytes arrive. What awaits them runs on, as far as it
    /// comes, before the next ones arrive.</summary>
    public async Task<T> FeedAsync<T>(ValueTask<T> reading)
    {
        Task<T> task = reading.AsTask();
        while (!task.IsCompleted)
            if (!Arrive()) await Task.Yield();
        return await task;
    }

    private bool Arrive()
    {
        TaskCompletionSource<int> read;
        int count;
        lock (gate)
        {
            if (pending is not var (waiting, buffer)) return false;
            (read, pending) = (waiting, null);
            count = ScriptedStream.Next(content, ref at, size(at), buffer);
        }

        read.SetResult(count);
        return true;
    }
}
