namespace CogRecover.Core.Http.Throttling;

/// <summary>Estimates how many requests the service still takes: any number until it gives a count; then that count,
/// refilled, less the requests that it didn't count yet. A count is valid from the moment its request was sent: the
/// latency is the same for the next. Times are seconds of a monotonic clock.</summary>
/// <param name="refill">Requests a second.</param>
internal sealed class RequestBucket(double refill)
{
    // Left to other programs of the same sign-in, and to requests that only the service counts.
    private const double Reserve = 2;

    // Sent after the request whose response had the last count, in order.
    private readonly Queue<(long Number, double SentAt)> uncounted = new();

    private long sent;
    private bool isKnown;
    private double left;
    private double mostSeen;
    private double countedAt;

    /// <summary>How many seconds until so many requests may be sent; zero or less for none.</summary>
    public double Wait(double now, int requests = 1) =>
        isKnown ? (requests + Reserve - Left(now)) / refill : 0;

    /// <summary>Counts a request that is sent.</summary>
    /// <returns>Its number.</returns>
    public long Take(double now)
    {
        uncounted.Enqueue((++sent, now));
        Count(now);
        return sent;
    }

    /// <summary>Takes the count of a response.</summary>
    /// <param name="count">How many requests are left; null if the service doesn't say.</param>
    public void Responded(long number, double? count)
    {
        // The response to a later request was here first.
        if (uncounted.Count == 0 || uncounted.Peek().Number > number) return;
        double sentAt = 0;
        while (uncounted.Count > 0 && uncounted.Peek().Number <= number) sentAt = uncounted.Dequeue().SentAt;
        if (count is null) return;
        mostSeen = Math.Max(mostSeen, count.Value);
        (isKnown, left, countedAt) = (true, count.Value, sentAt);
        foreach ((_, double later) in uncounted) Count(later);
    }

    /// <summary>The service refused a request: it takes one at that time, and more as the bucket refills.</summary>
    /// <returns>The number of the last request that was sent.</returns>
    public long Empty(double until)
    {
        uncounted.Clear();
        (isKnown, left, countedAt) = (true, 1, until);
        return sent;
    }

    /// <summary>Makes the count unknown again.</summary>
    public void Forget() => isKnown = false;

    private double Left(double now) =>
        Math.Min(Math.Max(mostSeen, 1 + Reserve), left + ((now - countedAt) * refill));

    private void Count(double now)
    {
        if (isKnown) (left, countedAt) = (Left(now) - 1, now);
    }
}
