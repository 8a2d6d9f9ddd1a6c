using System.Diagnostics;
using System.Globalization;
using Azure;

namespace CogRecover.Core.Arm.Throttling;

/// <summary>
/// Where requests of one kind wait for Azure Resource Manager to take them. It counts the requests that are left as the
/// service does, a bucket that refills, and takes the service's word for it whenever it says: so they slow down before
/// the service refuses them.
/// </summary>
internal sealed class ThrottleLane(RequestKind kind)
{
    // Left to others who work with the same sign-in, and to what the service counts and we don't.
    private const double Reserve = 2;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly object gate = new();

    // All null or zero until the service has said how many are left. Times are seconds of a clock that only goes on.
    private double? remaining;
    private double mostSeen;
    private double countedAt;
    private double closedUntil;
    private int underWay;
    private int refusals;
    private RequestFailedException? refusal;

    private static double Now => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    /// <summary>Waits until a request may be sent, in the order of those who ask.</summary>
    /// <param name="longest">A lane that stays closed for longer isn't waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ThrottledException">The wait was canceled.</exception>
    /// <exception cref="RecoveryException">It would take too long.</exception>
    public async Task EnterAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                while (TryEnter() is { } wait)
                {
                    if (wait > longest && Closed is { } closed) throw RecoveryErrors.Throttled(closed);
                    await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
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
    }

    /// <summary>What the lane is closed for; null if it is open.</summary>
    public ThrottleNotice? Closed
    {
        get
        {
            lock (gate)
            {
                double seconds = closedUntil - Now;
                return seconds <= 0
                    ? null
                    : new(kind.SubscriptionId, kind.Name, DateTime.UtcNow.AddSeconds(seconds));
            }
        }
    }

    /// <summary>Takes note of what a request was answered.</summary>
    /// <param name="answer">The answer; null if there is none.</param>
    /// <returns>Whether it has closed the lane.</returns>
    public bool Leave(Response? answer)
    {
        lock (gate)
        {
            underWay--;
            if (answer is null) return false;
            if (answer.Status == 429)
            {
                // One bucket refuses many at once: that is one refusal.
                bool wasOpen = closedUntil < Now;
                if (wasOpen) (refusals, refusal) = (refusals + 1, new RequestFailedException(answer));
                TimeSpan wait = AskAgainDelay.OfBusyService.Next(answer, refusals);
                closedUntil = Math.Max(closedUntil, Now + wait.TotalSeconds);
                (remaining, countedAt) = (1, closedUntil);
                return wasOpen;
            }

            (refusals, refusal) = (0, null);
            if (Remaining(answer) is not { } left || countedAt > Now) return false;
            mostSeen = Math.Max(mostSeen, left);
            (remaining, countedAt) = (left - underWay, Now);
            return false;
        }
    }

    /// <returns>How long to wait before the next try; null: it has entered.</returns>
    private TimeSpan? TryEnter()
    {
        lock (gate)
        {
            double now = Now;
            double wait = closedUntil - now;
            if (wait <= 0 && remaining is { } counted)
            {
                double left = Math.Min(Math.Max(mostSeen, 1 + Reserve), counted + ((now - countedAt) * kind.Refill));
                wait = (1 + Reserve - left) / kind.Refill;
                if (wait <= 0) (remaining, countedAt) = (left - 1, now);
            }

            if (wait > 0) return TimeSpan.FromSeconds(wait);
            underWay++;
            return null;
        }
    }

    private double? Remaining(Response answer) =>
        answer.Headers.TryGetValue(kind.RemainingHeader, out string? value)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int left)
            ? left
            : null;
}
