namespace CogRecover.Core.Http.Throttling;

/// <summary>Estimates how many requests the service still takes: any number until it gives a count; then that count,
/// refilled, less the requests that it may not have counted yet. A count is valid from the moment its request was sent:
/// the latency is the same for the next. Times are seconds of a monotonic clock.</summary>
/// <param name="refill">Requests a second.</param>
internal sealed class RequestBucket(double refill)
{
    // Left to other programs of the same sign-in, and to requests that only the service counts.
    private const double Reserve = 2;

    // Requests without a response, in order: their numbers, and when each was sent.
    private readonly SortedDictionary<long, double> pending = [];

    private long sent;
    private bool isKnown;
    private double left;
    private double leftAt;
    private double mostSeen;

    // The latest count, when its request was sent, and the last request that was sent before the count was known.
    private (double Count, double SentAt, long Last) latest;

    /// <summary>How many seconds until so many requests may be sent; zero or less for none.</summary>
    public double Wait(double now, int requests = 1) =>
        isKnown ? (requests + Reserve - Left(now)) / refill : 0;

    /// <summary>Counts a request that is sent.</summary>
    /// <returns>Its number.</returns>
    public long Take(double now)
    {
        pending[++sent] = now;
        Count(now);
        return sent;
    }

    /// <summary>Takes the count of a response.</summary>
    /// <param name="count">How many requests are left; null if the service doesn't say.</param>
    public void Responded(long number, double? count)
    {
        if (!pending.TryGetValue(number, out double sentAt)) return;
        pending.Remove(number);
        if (count is not { } known) return;
        mostSeen = Math.Max(mostSeen, known);

        // Requests that are under way together are counted in any order. A higher count is from before the latest,
        // which includes this request.
        if (isKnown && number <= latest.Last && known > latest.Count + ((sentAt - latest.SentAt) * refill))
        {
            left++;
            return;
        }

        latest = (known, sentAt, sent);
        (isKnown, left, leftAt) = (true, known, sentAt);
        foreach (KeyValuePair<long, double> other in pending) Count(Math.Max(sentAt, other.Value));
    }

    /// <summary>The service refused a request: it takes one at that time, and more as the bucket refills.</summary>
    /// <returns>The number of the last request that was sent.</returns>
    public long Empty(double until)
    {
        pending.Clear();
        latest = (1, until, sent);
        (isKnown, left, leftAt) = (true, 1, until);
        return sent;
    }

    /// <summary>Makes the count unknown again.</summary>
    public void Forget() => isKnown = false;

    private double Left(double now) =>
        Math.Min(Math.Max(mostSeen, 1 + Reserve), left + ((now - leftAt) * refill));

    private void Count(double now)
    {
        if (isKnown) (left, leftAt) = (Left(now) - 1, now);
    }
}
