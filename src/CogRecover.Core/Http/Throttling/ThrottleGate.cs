namespace CogRecover.Core.Http.Throttling;

/// <summary>What a gate remembers of one connection. Its first request is sent even if the gate is closed, as an old
/// refusal may not apply any more. Its other requests wait for that response before they give up.</summary>
internal sealed class ThrottleCaller
{
    /// <summary>Only the gate changes it.</summary>
    public ThrottleCallerState State { get; set; }
}

internal enum ThrottleCallerState
{
    New,
    Asking,
    Responded,
}

/// <summary>Holds requests of one kind back until Azure Resource Manager takes them: after a refusal until the time
/// that it named, and slowly once few are left, before it refuses any.</summary>
internal sealed class ThrottleGate(RequestKind kind)
{
    // A shorter wait isn't reported.
    private const double WorthNotifying = 0.5;

    // A year: no calendar overflows.
    private const double Longest = 365 * 24 * 3600;

    // Refusals of one moment end at about the same time.
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(1);

    // A second, then two, four and so on.
    private static readonly DelayStrategy WithoutRetryAfter =
        DelayStrategy.CreateExponentialDelayStrategy(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly object gate = new();
    private readonly RequestBucket bucket = new(kind.Refill);

    // In order of arrival. Each is released when a response may have changed its wait.
    private readonly List<SemaphoreSlim> waiting = [];
    private double closedUntil;
    private long lastBeforeClosing;
    private int refusals;
    private RequestFailedException? refusal;
    private ThrottleNotice? notice;

    private static double Now => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    /// <summary>Waits until a request may be sent, in order of arrival.</summary>
    /// <param name="longest">How long a closed gate is waited for.</param>
    /// <param name="notify">Called during the wait. It must not call the gate.</param>
    /// <returns>The request's number, for <see cref="Leave"/>.</returns>
    /// <exception cref="ThrottledException">The wait was canceled.</exception>
    /// <exception cref="RecoveryException">The wait would take too long.</exception>
    public async Task<long> EnterAsync(
        ThrottleCaller caller, TimeSpan longest, Action<ThrottleNotice> notify, CancellationToken cancellationToken)
    {
        using var woken = new SemaphoreSlim(0, 1);
        ThrottleNotice? last = null;
        lock (gate) waiting.Add(woken);

        try
        {
            while (true)
            {
                TimeSpan wait;
                ThrottleNotice? news;
                lock (gate)
                {
                    double now = Now;
                    bool isClosed = closedUntil > now;
                    bool isNew = caller.State == ThrottleCallerState.New;
                    double seconds = isClosed ? closedUntil - now : bucket.Wait(now, waiting.IndexOf(woken) + 1);
                    if (seconds <= 0 || (isClosed && isNew))
                    {
                        if (isNew) caller.State = ThrottleCallerState.Asking;
                        return bucket.Take(now);
                    }

                    wait = TimeSpan.FromMilliseconds(Math.Ceiling(seconds * 1000));
                    news = Announce(now, isClosed);
                    bool hasResponse = caller.State == ThrottleCallerState.Responded;
                    if (isClosed && wait > longest && hasResponse)
                        throw ThrottleErrors.TooLong(news ?? Notice(seconds), refusal);
                }

                if (news is not null && !ReferenceEquals(news, last)) notify(last = news);
                await woken.WaitAsync(Delays.Bounded(wait), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e)
        {
            lock (gate) throw new ThrottledException(closedUntil > Now ? notice : null, refusal, e);
        }
        finally
        {
            lock (gate)
            {
                waiting.Remove(woken);
                Wake();
            }
        }
    }

    /// <summary>Takes the response to a request; null if there was none.</summary>
    public void Leave(ThrottleCaller caller, long number, Response? response)
    {
        lock (gate)
        {
            if (caller.State == ThrottleCallerState.Asking)
                caller.State = response is null ? ThrottleCallerState.New : ThrottleCallerState.Responded;
            if (response is { Status: 429 })
            {
                Close(number, response);
            }
            else
            {
                // A request that was sent before the last refusal doesn't open the gate.
                if (response is not null && number > lastBeforeClosing) Open();
                bucket.Responded(number, Remaining(response));
            }

            Wake();
        }
    }

    private void Wake()
    {
        foreach (SemaphoreSlim woken in waiting)
            if (woken.CurrentCount == 0) woken.Release();
    }

    private void Close(long number, Response response)
    {
        // Requests that are refused together count as one refusal. One that was sent after the last refusal is another.
        bool isNewer = number > lastBeforeClosing;
        if (closedUntil < Now || isNewer) (refusals, refusal) = (refusals + 1, new RequestFailedException(response));
        double until = Now + Math.Min(WithoutRetryAfter.Next(response, refusals).TotalSeconds, Longest);
        closedUntil = isNewer ? until : Math.Max(closedUntil, until);
        lastBeforeClosing = bucket.Empty(closedUntil);
    }

    private void Open()
    {
        if (closedUntil > Now) bucket.Forget();
        (closedUntil, refusals, refusal) = (0, 0, null);
    }

    /// <summary>The notice for the waiting requests: the same object as before if nothing is new.</summary>
    private ThrottleNotice? Announce(double now, bool isClosed)
    {
        double wait = isClosed ? closedUntil - now : bucket.Wait(now, waiting.Count);
        if (wait < WorthNotifying) return null;
        ThrottleNotice news = Notice(wait, isClosed ? null : kind.Refill);
        bool isKnown = notice?.PerSecond == news.PerSecond && notice?.Until > DateTime.UtcNow
            && (!isClosed || (news.Until - notice.Until).Duration() < SameTime);
        return isKnown ? notice : notice = news;
    }

    private ThrottleNotice Notice(double seconds, double? perSecond = null) =>
        new(kind.SubscriptionId, kind.Name, DateTime.UtcNow.AddSeconds(seconds), perSecond);

    private double? Remaining(Response? response) =>
        response is not null && response.Headers.TryGetValue(kind.RemainingHeader, out string? value)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int left)
            ? left
            : null;
}
