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
    public void End(bool wasSent, RequestFailedException? holdsForAll)
    {
        refusal = holdsForAll;
        isAnswered = wasSent;
        turn.Release();
    }
}

/// <summary>The turn of one request, which may be the first.</summary>
internal sealed class RequestTurn(FirstRequest first)
{
    private bool isFirst;

    /// <summary>Why the request needn't be sent; null if nothing is known against it.</summary>
    public RequestFailedException? Refusal => first.Refusal;

    /// <inheritdoc cref="FirstRequest.EnterAsync"/>
    public async Task EnterAsync(Action waits, CancellationToken cancellationToken) =>
        isFirst = isFirst || await first.EnterAsync(waits, cancellationToken).ConfigureAwait(false);

    /// <summary>Sends the request, which enters on its way, and lets the others go on.</summary>
    /// <param name="holdsForAll">Whether a refusal holds for the whole subscription.</param>
    public async Task<T> SendAsync<T>(Func<Task<T>> send, Predicate<RequestFailedException> holdsForAll)
    {
        bool wasSent = true;
        RequestFailedException? refusal = null;
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (UnsentException)
        {
            wasSent = false;
            throw;
        }
        catch (RequestFailedException e) when (e.Status > 0 && holdsForAll(e))
        {
            refusal = e;
            throw;
        }
        finally
        {
            if (isFirst) first.End(wasSent, refusal);
            isFirst = false;
        }
    }
}
