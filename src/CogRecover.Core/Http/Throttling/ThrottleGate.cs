using System.Diagnostics;
using System.Globalization;
using Azure;
using Azure.Core;

namespace CogRecover.Core.Http.Throttling;

/// <summary>
/// A connection at a gate. Its first request is sent even if the gate is closed: what others were told may not apply any
/// more. Its other requests wait for that answer before they give up.
/// </summary>
internal sealed class ThrottleCaller
{
    /// <summary>How far it has come. The gate alone changes it.</summary>
    public ThrottleCallerState State { get; set; }
}

/// <summary>How far a connection has come at a gate.</summary>
internal enum ThrottleCallerState
{
    New,
    Asking,
    Answered,
}

/// <summary>
/// Where requests of one kind wait for Azure Resource Manager to take them: until the time that it named when it
/// refused one, and before that as few are left, so that they slow down before it refuses them.
/// </summary>
internal sealed class ThrottleGate(RequestKind kind)
{
    // A shorter wait isn't reported.
    private const double WorthNotifying = 0.5;

    // A year: no date of a calendar ends with it.
    private const double Longest = 365 * 24 * 3600;

    // Refusals of one moment end at about the same time.
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(1);

    // A second, then two, four and so on.
    private static readonly DelayStrategy WithoutRetryAfter =
        DelayStrategy.CreateExponentialDelayStrategy(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly object gate = new();
    private readonly RequestBucket bucket = new(kind.Refill);

    // In the order in which they came. Each is woken when an answer may have changed its wait.
    private readonly List<SemaphoreSlim> waiting = [];
    private double closedUntil;
    private long lastBeforeClosing;
    private int refusals;
    private RequestFailedException? refusal;
    private ThrottleNotice? notice;

    private static double Now => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    /// <summary>Waits until a request may be sent, in the order of those who ask.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="longest">A gate that stays closed for longer isn't waited for.</param>
    /// <param name="notify">Called while it waits with why and until when. It must not call the gate.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request's number, for <see cref="Leave"/>.</returns>
    /// <exception cref="ThrottledException">The wait was canceled.</exception>
    /// <exception cref="RecoveryException">It would take too long.</exception>
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
                    bool hasAnswer = caller.State == ThrottleCallerState.Answered;
                    if (isClosed && wait > longest && hasAnswer)
                        throw ThrottleErrors.Throttled(news ?? Notice(seconds), refusal);
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

    /// <summary>Takes note of what a request was answered.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="number">The request's number.</param>
    /// <param name="answer">The answer; null if there is none.</param>
    public void Leave(ThrottleCaller caller, long number, Response? answer)
    {
        lock (gate)
        {
            if (caller.State == ThrottleCallerState.Asking)
                caller.State = answer is null ? ThrottleCallerState.New : ThrottleCallerState.Answered;
            if (answer is { Status: 429 })
            {
                Close(number, answer);
            }
            else
            {
                // What was taken counts more than a refusal only if it was sent after that.
                if (answer is not null && number > lastBeforeClosing) Open();
                bucket.Answered(number, Remaining(answer));
            }

            Wake();
        }
    }

    private void Wake()
    {
        foreach (SemaphoreSlim woken in waiting)
            if (woken.CurrentCount == 0) woken.Release();
    }

    private void Close(long number, Response answer)
    {
        // One bucket refuses many at once: that is one refusal. What was sent since is another, and counts more.
        bool isNewer = number > lastBeforeClosing;
        if (closedUntil < Now || isNewer) (refusals, refusal) = (refusals + 1, new RequestFailedException(answer));
        double until = Now + Math.Min(WithoutRetryAfter.Next(answer, refusals).TotalSeconds, Longest);
        closedUntil = isNewer ? until : Math.Max(closedUntil, until);
        lastBeforeClosing = bucket.Empty(closedUntil);
    }

    private void Open()
    {
        if (closedUntil > Now) bucket.Forget();
        (closedUntil, refusals, refusal) = (0, 0, null);
    }

    /// <summary>What those who wait are told, the same object as before where there is nothing new; null for nothing.
    /// </summary>
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

    private double? Remaining(Response? answer) =>
        answer is not null && answer.Headers.TryGetValue(kind.RemainingHeader, out string? value)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int left)
            ? left
            : null;
}
