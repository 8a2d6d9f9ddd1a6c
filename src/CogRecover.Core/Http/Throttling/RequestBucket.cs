namespace CogRecover.Core.Http.Throttling;

/// <summary>
/// How many requests the service still takes: without limit until it gives a count, then the last count that it gave of a
/// bucket that refills, less what it hadn't counted by then. A count is taken as of the moment when the request was sent
/// that it answers: a request that is sent a second later arrives a second later, whatever the latency. Times are seconds
/// of a clock that only goes on.
/// </summary>
/// <param name="refill">Requests a second.</param>
internal sealed class RequestBucket(double refill)
{
    // Left to others who work with the same sign-in, and to what the service counts and we don't.
    private const double Reserve = 2;

    // In order: what was sent after the request whose answer had the last count.
    private readonly Queue<(long Number, double SentAt)> uncounted = new();

    private long sent;

    private bool isKnown;
    private double left;
    private double mostSeen;
    private double countedAt;

    /// <summary>How long to wait until so many requests may have been sent, in seconds; none if not above
    /// zero.</summary>
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

    /// <summary>Takes the service's word for what is left.</summary>
    /// <param name="number">The number of the request that was answered.</param>
    /// <param name="count">What the service says is left; null if it says nothing.</param>
    public void Answered(long number, double? count)
    {
        // What a later answer has said counts more.
        if (uncounted.Count == 0 || uncounted.Peek().Number > number) return;
        double sentAt = 0;
        while (uncounted.Count > 0 && uncounted.Peek().Number <= number) sentAt = uncounted.Dequeue().SentAt;
        if (count is null) return;
        mostSeen = Math.Max(mostSeen, count.Value);
        (isKnown, left, countedAt) = (true, count.Value, sentAt);
        foreach ((_, double later) in uncounted) Count(later);
    }

    /// <summary>The service has refused a request: it will take one at that time, and others as the bucket refills.
    /// </summary>
    /// <returns>The number of the last request that was sent.</returns>
    public long Empty(double until)
    {
        uncounted.Clear();
        (isKnown, left, countedAt) = (true, 1, until);
        return sent;
    }

    /// <summary>What was known doesn't count any more.</summary>
    public void Forget() => isKnown = false;

    private double Left(double now) =>
        Math.Min(Math.Max(mostSeen, 1 + Reserve), left + ((now - countedAt) * refill));

    private void Count(double now)
    {
        if (isKnown) (left, countedAt) = (Left(now) - 1, now);
    }
}
