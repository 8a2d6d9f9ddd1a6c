namespace CogRecover.Pipeline;

/// <summary>Runs on the pipeline thread what asynchronous work asks of it: only that thread may write, prompt and run
/// commands.</summary>
internal sealed class PipelinePump : IDisposable
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(200);

    private readonly BlockingCollection<Action> actions = new();
    private readonly SemaphoreSlim capacity = new(initialCount: 256);
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> work = [];
    private DateTime refreshed;

    /// <summary>Run on the pipeline thread about five times a second while there is work; null for nothing.</summary>
    public Action? Refreshing { get; set; }

    /// <summary>Run on the pipeline thread when what an action wrote has ended the command, after the work has stopped:
    /// it may still write. Must not throw. Null for nothing.</summary>
    public Action? Stopped { get; set; }

    /// <summary>Cancels the work.</summary>
    public CancellationToken Stopping => stop.Token;

    public bool IsStopping => stop.IsCancellationRequested;

    /// <summary>Starts work. It must observe the token.</summary>
    public void Start(Func<CancellationToken, Task> start)
    {
        // The context of a host with windows would run every continuation on this thread, which waits for the work.
        SynchronizationContext? ofHost = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            work.Add(start(stop.Token));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(ofHost);
        }
    }

    /// <summary>Queues an action for the pipeline thread, and doesn't wait.</summary>
    public void Post(Action action) => actions.Add(action);

    /// <summary>Queues an action for the pipeline thread, and waits only while too many are queued.</summary>
    public Task PostAsync(Action action)
    {
        // Queued before the wait: what happens meanwhile comes after it.
        Post(() =>
        {
            capacity.Release();
            action();
        });
        return capacity.WaitAsync(stop.Token);
    }

    /// <summary>Runs a function on the pipeline thread and waits for its result.</summary>
    /// <exception cref="RecoveryException">The function threw it. Anything else ends the command.</exception>
    public async Task<T> InvokeAsync<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(() =>
        {
            try
            {
                result.TrySetResult(function());
            }
            catch (RecoveryException failure)
            {
                result.TrySetException(failure);
            }
        });
        using (stop.Token.Register(() => result.TrySetCanceled())) return await result.Task;
    }

    /// <summary>Runs what is queued now.</summary>
    public void RunPending()
    {
        while (!IsStopping && actions.TryTake(out Action? action)) Run(action);
        Refresh();
    }

    /// <summary>Runs what is queued until all work has ended.</summary>
    /// <exception cref="Exception">What an action or the work threw. The rest of the work has ended then.</exception>
    public void RunToEnd()
    {
        Task all = Task.WhenAll(work);
        RunUntil(all);
        if (!IsStopping) all.GetAwaiter().GetResult();
    }

    /// <summary>Runs what is queued until a task has ended.</summary>
    public void RunUntil(Task end)
    {
        // Wakes the loop below.
        end.ContinueWith(_ => Post(() => { }), TaskScheduler.Default);
        while (!end.IsCompleted)
        {
            if (actions.TryTake(out Action? action, RefreshInterval) && !IsStopping) Run(action);
            Refresh();
        }

        RunPending();
    }

    /// <summary>Cancels the work without waiting for it, on any thread.</summary>
    public void Cancel() => stop.Cancel();

    /// <summary>Cancels the work and waits for its end. Nothing else is disposed: none of it holds a handle, and Ctrl+C
    /// may use it at this very moment.</summary>
    public void Dispose()
    {
        Cancel();
        Task.WhenAll(work).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
    }

    private void Run(Action action)
    {
        try
        {
            action();
        }
        catch
        {
            // The pipeline is stopped by the user, a downstream command or -ErrorAction Stop.
            Dispose();
            Stopped?.Invoke();
            throw;
        }
    }

    private void Refresh()
    {
        if (Refreshing is null || IsStopping || DateTime.UtcNow - refreshed < RefreshInterval) return;
        refreshed = DateTime.UtcNow;
        Run(Refreshing);
    }
}
