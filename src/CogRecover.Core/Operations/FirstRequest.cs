namespace CogRecover.Core.Operations;

/// <summary>Lets the first request of a kind in a subscription go ahead alone: where it is refused for the whole
/// subscription, the others aren't sent. Thread-safe.</summary>
internal sealed class FirstRequest
{
    private readonly SemaphoreSlim turn = new(1);
    private volatile RequestFailedException? refusal;
    private volatile bool isAnswered;

    /// <summary>The refusal that holds for all; null if there is none.</summary>
    public RequestFailedException? Refusal => refusal;

    /// <summary>Waits until the first request is answered.</summary>
    /// <param name="waits">Called if there is a wait.</param>
    /// <returns>True if this one is the first: <see cref="End"/> has to be called.</returns>
    public async Task<bool> EnterAsync(Action waits, CancellationToken cancellationToken)
    {
        if (isAnswered) return false;
        if (turn.CurrentCount == 0) waits();
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!isAnswered) return true;
        turn.Release();
        return false;
    }

    /// <summary>Lets the others go on.</summary>
    /// <param name="wasSent">Whether the request was sent; if not, the next one is the first.</param>
    /// <param name="holdsForAll">Its refusal, if that holds for the whole subscription; else null.</param>
    public void End(bool wasSent, RequestFailedException? holdsForAll = null)
    {
        refusal = holdsForAll;
        isAnswered = wasSent;
        turn.Release();
    }
}
