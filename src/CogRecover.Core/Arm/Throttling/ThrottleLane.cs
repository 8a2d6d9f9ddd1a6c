using System.Diagnostics;
using System.Globalization;
using Azure;

namespace CogRecover.Core.Arm.Throttling;

/// <summary>
/// Where requests of one kind wait for Azure Resource Manager to take them: until the time that it named when it
/// refused one, and before that as few are left, so that they slow down before it refuses them.
/// </summary>
internal sealed class ThrottleLane(RequestKind kind)
{
    // Less of a wait nobody has to be told of.
    private const double WorthTelling = 0.5;

    // Refusals of one moment end at about the same time.
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SemaphoreSlim changed = new(0, 1);
    private readonly object gate = new();
    private readonly RequestBucket bucket = new(kind.Refill);
    private readonly LinkedList<Waiter> waiting = [];
    private double closedUntil;
    private int refusals;
    private RequestFailedException? refusal;
    private ThrottleNotice? notice;

    private static double Now => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    /// <summary>Waits until a request may be sent, in the order of those who ask.</summary>
    /// <param name="longest">A lane that stays closed for longer isn't waited for.</param>
    /// <param name="tell">Is told, while it waits, why and until when. It must not come back here.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request's number, for <see cref="Leave"/>.</returns>
    /// <exception cref="ThrottledException">The wait was canceled.</exception>
    /// <exception cref="RecoveryException">It would take too long.</exception>
    public async Task<long> EnterAsync(
        TimeSpan longest, Action<ThrottleNotice> tell, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> waiter = Join(tell);
        try
        {
            await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                while (true)
                {
                    if (TryEnter(waiter, out long number) is not { } wait) return number;
                    if (wait > longest && Closed is { } closed) throw RecoveryErrors.Throttled(closed);
                    lock (gate) Tell();

                    // Until then, or until an answer says otherwise.
                    await changed.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException e)
        {
            throw new ThrottledException(Closed, refusal, e);
        }
        finally
        {
            lock (gate)
                if (waiter.List is not null) waiting.Remove(waiter);
        }
    }

    /// <summary>What the lane is closed for; null if it is open.</summary>
    public ThrottleNotice? Closed
    {
        get
        {
            lock (gate)
            {
                double seconds = closedUntil - Now;
                return seconds > 0 ? Notice(seconds) : null;
            }
        }
    }

    /// <summary>Takes note of what a request was answered.</summary>
    /// <param name="number">The request's number.</param>
    /// <param name="answer">The answer; null if there is none.</param>
    public void Leave(long number, Response? answer)
    {
        lock (gate)
        {
            if (answer is { Status: 429 })
            {
                Close(answer);
            }
            else
            {
                bucket.Answered(number, Remaining(answer));
                if (answer is not null) (refusals, refusal) = (0, null);
            }

            if (changed.CurrentCount == 0) changed.Release();
        }
    }

    private void Close(Response answer)
    {
        // One bucket refuses many at once: that is one refusal.
        if (closedUntil < Now) (refusals, refusal) = (refusals + 1, new RequestFailedException(answer));
        TimeSpan wait = AskAgainDelay.OfBusyService.Next(answer, refusals);
        closedUntil = Math.Max(closedUntil, Now + wait.TotalSeconds);
        bucket.Empty(closedUntil);
    }

    private LinkedListNode<Waiter> Join(Action<ThrottleNotice> tell)
    {
        lock (gate)
        {
            LinkedListNode<Waiter> waiter = waiting.AddLast(new Waiter(tell));

            // Whoever is first in an open lane tells the others before long.
            if (closedUntil > Now) Tell();
            return waiter;
        }
    }

    /// <returns>How long to wait before the next try; null: it has entered.</returns>
    private TimeSpan? TryEnter(LinkedListNode<Waiter> waiter, out long number)
    {
        lock (gate)
        {
            double now = Now;
            double wait = closedUntil > now ? closedUntil - now : bucket.Wait(now);
            number = wait > 0 ? 0 : bucket.Take(now);
            if (wait > 0) return TimeSpan.FromMilliseconds(Math.Ceiling(wait * 1000));
            waiting.Remove(waiter);
            return null;
        }
    }

    /// <summary>Tells those who wait why and until when, each once of a wait.</summary>
    private void Tell()
    {
        double now = Now;
        bool isClosed = closedUntil > now;
        double wait = isClosed ? closedUntil - now : bucket.Wait(now, waiting.Count);
        if (wait < WorthTelling) return;
        ThrottleNotice news = Notice(wait, isClosed ? null : kind.Refill);
        bool isKnown = notice?.PerSecond == news.PerSecond && notice?.Until > DateTime.UtcNow
            && (!isClosed || news.Until - notice.Until < SameTime);
        if (!isKnown) notice = news;
        foreach (Waiter waiter in waiting) waiter.Tell(notice!);
    }

    private ThrottleNotice Notice(double seconds, double? perSecond = null) =>
        new(kind.SubscriptionId, kind.Name, DateTime.UtcNow.AddSeconds(seconds), perSecond);

    private double? Remaining(Response? answer) =>
        answer is not null && answer.Headers.TryGetValue(kind.RemainingHeader, out string? value)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int left)
            ? left
            : null;

    private sealed class Waiter(Action<ThrottleNotice> tell)
    {
        private ThrottleNotice? told;

        public void Tell(ThrottleNotice notice)
        {
            if (ReferenceEquals(told, notice)) return;
            told = notice;
            tell(notice);
        }
    }
}
