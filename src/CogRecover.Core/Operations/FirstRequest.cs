namespace CogRecover.Core.Operations;

/// <summary>Lets the first request of a kind in a subscription go ahead alone: where it is refused for the whole
/// subscription, the others aren't sent. Thread-safe.</summary>
internal sealed class FirstRequest
{
    // A subscription is refused at once, before any provider sees the request. What takes longer is the work itself.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1);
    private volatile bool isOpen;

    /// <summary>The refusal that holds for all, and what was refused; null if there is none.</summary>
    public Tuple<RequestFailedException, Attempt>? Refusal { get; private set; }

    /// <summary>Waits until the first request is answered, or has been under way for some seconds.</summary>
    /// <param name="waits">Called if there is a wait.</param>
    /// <returns>True if this one is the first: <see cref="Leave"/> has to be called.</returns>
    public async Task<bool> EnterAsync(Action waits, CancellationToken cancellationToken)
    {
        if (isOpen) return false;
        if (turn.CurrentCount == 0) waits();
        bool isNext = await turn.WaitAsync(Longest, cancellationToken).ConfigureAwait(false);
        if (isNext && !isOpen) return true;
        if (isNext) turn.Release();
        isOpen = true;
        return false;
    }

    /// <summary>Lets the others go on.</summary>
    /// <param name="wasSent">Whether the request was sent; if not, the next one is the first.</param>
    public void Leave(bool wasSent)
    {
        isOpen |= wasSent;
        turn.Release();
    }

    /// <summary>Keeps the others from being sent.</summary>
    public void Refuse(RequestFailedException holdsForAll, Attempt refused) => Refusal = new(holdsForAll, refused);
}

/// <summary>The turn of one request, which may be the first.</summary>
internal sealed class RequestTurn(FirstRequest first)
{
    private bool isFirst;

    /// <inheritdoc cref="FirstRequest.Refusal"/>
    public Tuple<RequestFailedException, Attempt>? Refusal => first.Refusal;

    /// <summary>Waits for the turn. One that comes again was throttled, as the others will be.</summary>
    /// <inheritdoc cref="FirstRequest.EnterAsync"/>
    public async Task EnterAsync(Action waits, CancellationToken cancellationToken)
    {
        if (isFirst) first.Leave(wasSent: true);
        isFirst = !isFirst && await first.EnterAsync(waits, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends the request, which enters on its way, and lets the others go on.</summary>
    public async Task<T> SendAsync<T>(Func<Task<T>> send, Attempt attempt)
    {
        bool wasSent = true;
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (UnsentException)
        {
            wasSent = false;
            throw;
        }
        catch (RequestFailedException e) when (e.Status > 0 && attempt.IsOfSubscription(e))
        {
            first.Refuse(e, attempt);
            throw;
        }
        finally
        {
            if (isFirst) first.Leave(wasSent);
            isFirst = false;
        }
    }
}
