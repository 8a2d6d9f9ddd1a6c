namespace CogRecover.Pipeline;

/// <summary>
/// The question about one account. Questions come in the order of the input, though look-ups overlap; one whose look-up
/// takes its time doesn't hold up the others.
/// </summary>
/// <param name="turn">Ends when it is this question's turn.</param>
internal sealed class Question(Task turn)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource<bool> posed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it is the next question's turn.</summary>
    public Task Posed => posed.Task;

    /// <summary>Ends when the user has answered, or won't be asked.</summary>
    public Task Answered => answered.Task;

    /// <summary>Asks in turn.</summary>
    /// <param name="pose">Puts the question to the user.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<bool> AskAsync(Func<Task<bool>> pose, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(turn, Task.Delay(Patience, wait.Token)).ConfigureAwait(false);
        wait.Cancel();
        Task<bool> answer = pose();
        posed.TrySetResult(true);
        return await answer.ConfigureAwait(false);
    }

    /// <summary>It is answered, or needn't be asked any more.</summary>
    public void End()
    {
        posed.TrySetResult(true);
        answered.TrySetResult(true);
    }
}
