namespace CogRecover.Core.Http.Throttling;

/// <summary>How long to wait before a request is sent again. The service's own <c>Retry-After</c> wins.</summary>
internal static class Delays
{
    // A timer takes 49 days at most.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly DelayStrategy OfService = DelayStrategy.CreateFixedDelayStrategy(TimeSpan.Zero);

    /// <param name="strategy">Tells the delay where the service asks for none.</param>
    /// <param name="response">The last response; null if there was none.</param>
    /// <param name="attempt">How often the request was sent so far.</param>
    public static TimeSpan Next(this DelayStrategy strategy, Response? response, int attempt)
    {
        TimeSpan asked = OfService.GetNextDelay(response, attempt);
        return asked > TimeSpan.Zero ? asked : strategy.GetNextDelay(null, attempt);
    }

    /// <summary>Waits until the next attempt, an hour at most.</summary>
    public static Task WaitAsync(
        this DelayStrategy strategy, Response? response, int attempt, CancellationToken cancellationToken) =>
        Task.Delay(Bounded(strategy.Next(response, attempt)), cancellationToken);

    /// <summary>A wait, an hour at most.</summary>
    public static TimeSpan Bounded(TimeSpan wait) => wait < Longest ? wait : Longest;
}

/// <summary>The delays between the polls of an operation: four equal ones, then each a quarter longer, up to ten
/// seconds. So the wait is at most a quarter longer than the operation.</summary>
internal sealed class PollingDelay(TimeSpan first) : DelayStrategy(TimeSpan.FromSeconds(10), jitterFactor: 0)
{
    protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber) =>
        TimeSpan.FromSeconds(first.TotalSeconds * Math.Pow(1.25, Math.Min(Math.Max(0, retryNumber - 4), 30)));
}
