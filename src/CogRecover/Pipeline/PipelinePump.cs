using System.Collections.Concurrent;

namespace CogRecover.Pipeline;

/// <summary>
/// Runs work beside the pipeline thread, and on the pipeline thread what that work wants from PowerShell: only there
/// may a cmdlet write, ask or run commands.
/// </summary>
/// <param name="refresh">Run on the pipeline thread about five times a second while there is work.</param>
internal sealed class PipelinePump(Action? refresh = null) : IDisposable
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(200);

    private readonly BlockingCollection<Action> actions = new();
    private readonly SemaphoreSlim room = new(initialCount: 256);
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> work = [];
    private DateTime refreshed;

    /// <summary>Tells the work to stop.</summary>
    public CancellationToken Stopping => stop.Token;

    /// <summary>Whether the work was told to stop.</summary>
    public bool IsStopping => stop.IsCancellationRequested;

    /// <summary>Starts work. It must observe the token.</summary>
    public void Start(Func<CancellationToken, Task> start) => work.Add(start(stop.Token));

    /// <summary>Hands an action to the pipeline thread, and doesn't wait.</summary>
    public void Post(Action action) => actions.Add(action);

    /// <summary>
    /// Hands an action to the pipeline thread, where it runs in the context of this work; waits only where too many
    /// are waiting there already.
    /// </summary>
    public async Task PostAsync(Action action)
    {
        await room.WaitAsync(stop.Token).ConfigureAwait(false);
        ExecutionContext? context = ExecutionContext.Capture();
        actions.Add(() =>
        {
            room.Release();
            if (context is null) action();
            else ExecutionContext.Run(context, _ => action(), null);
        });
    }

    /// <summary>Runs a function on the pipeline thread and waits for its result.</summary>
    public async Task<T> InvokeAsync<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(() => result.TrySetResult(function())).ConfigureAwait(false);
        using (stop.Token.Register(() => result.TrySetCanceled()))
            return await result.Task.ConfigureAwait(false);
    }

    /// <summary>Runs what is waiting for the pipeline thread now.</summary>
    public void RunPending()
    {
        while (!IsStopping && actions.TryTake(out Action? action)) Run(action);
        Refresh();
    }

    /// <summary>Runs what the work wants from the pipeline thread until all of it has ended.</summary>
    /// <exception cref="Exception">What an action or the work threw; the rest of the work has ended by
    /// then.</exception>
    public void RunToEnd()
    {
        Task all = Task.WhenAll(work);
        RunUntil(all);
        if (!IsStopping) all.GetAwaiter().GetResult();
    }

    /// <summary>Runs what the work wants from the pipeline thread until a task has ended, however.</summary>
    public void RunUntil(Task end)
    {
        // Wakes the loop below.
        end.ContinueWith(_ => actions.Add(() => { }), TaskScheduler.Default);
        while (!end.IsCompleted)
        {
            if (actions.TryTake(out Action? action, RefreshInterval) && !IsStopping) Run(action);
            Refresh();
        }

        RunPending();
    }

    /// <summary>Tells the work to stop, without waiting for it: from whatever thread.</summary>
    public void Cancel() => stop.Cancel();

    /// <summary>
    /// Tells the work to stop and waits until it has. Nothing else is let go of: none of it holds a handle, and Ctrl+C
    /// may reach for it at this very moment.
    /// </summary>
    public void Dispose()
    {
        stop.Cancel();

        // How it ended is of no interest any more.
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
            // The pipeline is stopped, by the user, a downstream command or -ErrorAction Stop. Nothing may go on.
            Dispose();
            throw;
        }
    }

    private void Refresh()
    {
        if (refresh is null || IsStopping || DateTime.UtcNow - refreshed < RefreshInterval) return;
        refreshed = DateTime.UtcNow;
        Run(refresh);
    }
}
