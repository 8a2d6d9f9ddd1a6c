using System.Globalization;
using Azure;
using Azure.Core;

namespace CogRecover.Core.Arm;

/// <summary>When to ask the service again. What it says itself, <c>Retry-After</c>, wins.</summary>
internal sealed class AskAgainDelay : DelayStrategy
{
    /// <summary>
    /// For an operation that goes on: every half second for two seconds, then a quarter later each time, up to ten
    /// seconds, so that the wait is at most a quarter longer than the operation.
    /// </summary>
    public static readonly AskAgainDelay OfOperation = new(10, poll => 0.5 * Math.Pow(1.25, Math.Max(0, poll - 4)));

    /// <summary>For a service that isn't ready yet: after 1, 2, 4, … 30 s.</summary>
    public static readonly AskAgainDelay OfBusyService = new(30, attempt => Math.Pow(2, attempt - 1));

    // No timer takes more than 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Func<int, double> seconds;

    private AskAgainDelay(double most, Func<int, double> seconds) : base(TimeSpan.FromSeconds(most), jitterFactor: 0) =>
        this.seconds = seconds;

    /// <summary>How long to wait.</summary>
    /// <param name="answer">The last answer; null if there was none.</param>
    /// <param name="attempt">How many times it was asked so far.</param>
    public TimeSpan Next(Response? answer, int attempt) => Bounded(GetNextDelay(answer, attempt));

    /// <summary>As much of a wait as anybody waits, whatever an answer asks for.</summary>
    public static TimeSpan Bounded(TimeSpan wait) => wait < Longest ? wait : Longest;

    /// <summary>Waits that long.</summary>
    public Task WaitAsync(Response? answer, int attempt, CancellationToken cancellationToken) =>
        Task.Delay(Next(answer, attempt), cancellationToken);

    // The base class takes the longer of the two, which isn't what the server asked for.
    protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber) =>
        AsksToWait(response) ? TimeSpan.Zero : TimeSpan.FromSeconds(seconds(Math.Min(retryNumber, 30)));

    // A zero, or what can't be read, isn't a wish to be asked without a pause.
    private static bool AsksToWait(Response? response) =>
        response is not null
        && response.Headers.TryGetValue("Retry-After", out string? value)
        && (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? seconds > 0
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset date)
                && date > DateTimeOffset.UtcNow.AddSeconds(0.5));
}
