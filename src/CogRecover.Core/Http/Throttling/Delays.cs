using Azure;
using Azure.Core;

namespace CogRecover.Core.Http.Throttling;

/// <summary>When to ask the service again. What it asks for itself, <c>Retry-After</c>, wins.</summary>
internal static class Delays
{
    // No timer takes more than 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly DelayStrategy OfService = DelayStrategy.CreateFixedDelayStrategy(TimeSpan.Zero);

    /// <summary>How long to wait.</summary>
    /// <param name="strategy">How long where the service asks for nothing.</param>
    /// <param name="answer">The last answer; null if there was none.</param>
    /// <param name="attempt">How many times it was asked so far.</param>
    public static TimeSpan Next(this DelayStrategy strategy, Response? answer, int attempt)
    {
        TimeSpan asked = OfService.GetNextDelay(answer, attempt);
        return asked > TimeSpan.Zero ? asked : strategy.GetNextDelay(null, attempt);
    }

    /// <summary>Waits that long, an hour at most.</summary>
    public static Task WaitAsync(
        this DelayStrategy strategy, Response? answer, int attempt, CancellationToken cancellationToken) =>
        Task.Delay(Bounded(strategy.Next(answer, attempt)), cancellationToken);

    /// <summary>As much of a wait as a timer takes.</summary>
    public static TimeSpan Bounded(TimeSpan wait) => wait < Longest ? wait : Longest;
}

/// <summary>
/// For an operation that goes on: four times the first delay, then a quarter more each time, up to ten seconds, so that
/// the wait is at most a quarter longer than the operation.
/// </summary>
/// <param name="first">The first delay.</param>
internal sealed class PollingDelay(TimeSpan first) : DelayStrategy(TimeSpan.FromSeconds(10), jitterFactor: 0)
{
    protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber) =>
        TimeSpan.FromSeconds(first.TotalSeconds * Math.Pow(1.25, Math.Min(Math.Max(0, retryNumber - 4), 30)));
}
