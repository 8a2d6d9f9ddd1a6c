using System.Globalization;
using Azure;

namespace CogRecover.Core.Arm;

/// <summary>When to ask the service again. What it says itself, <c>Retry-After</c>, wins.</summary>
internal sealed class AskAgainDelay
{
    /// <summary>
    /// For an operation that goes on: every half second for two seconds, then a quarter later each time, up to ten
    /// seconds, so that the wait is at most a quarter longer than the operation.
    /// </summary>
    public static readonly AskAgainDelay OfOperation = new(10, poll => 0.5 * Math.Pow(1.25, Math.Max(0, poll - 4)));

    /// <summary>For a service that isn't ready yet: after 1, 2, 4, … 30 s.</summary>
    public static readonly AskAgainDelay OfBusyService = new(30, attempt => Math.Pow(2, attempt - 1));

    private static readonly string[] MillisecondHeaders = ["retry-after-ms", "x-ms-retry-after-ms"];

    // No timer takes more than 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly double most;
    private readonly Func<int, double> seconds;

    private AskAgainDelay(double most, Func<int, double> seconds) => (this.most, this.seconds) = (most, seconds);

    /// <summary>How long to wait.</summary>
    /// <param name="answer">The last answer; null if there was none.</param>
    /// <param name="attempt">How many times it was asked so far.</param>
    public TimeSpan Next(Response? answer, int attempt) => Bounded(TimeSpan.FromSeconds(
        (answer is null ? null : Asked(answer)) ?? Math.Min(most, seconds(Math.Min(attempt, 30)))));

    /// <summary>As much of a wait as anybody waits, whatever an answer asks for.</summary>
    public static TimeSpan Bounded(TimeSpan wait) => wait < Longest ? wait : Longest;

    /// <summary>Waits that long.</summary>
    public Task WaitAsync(Response? answer, int attempt, CancellationToken cancellationToken) =>
        Task.Delay(Next(answer, attempt), cancellationToken);

    /// <returns>The seconds that an answer asks for; null for none: a zero, or what can't be read, isn't a wish to be
    /// asked without a pause.</returns>
    private static double? Asked(Response answer)
    {
        foreach (string header in MillisecondHeaders)
            if (Number(answer, header) is > 0 and int milliseconds) return milliseconds / 1000.0;
        if (Number(answer, "Retry-After") is { } seconds) return seconds > 0 ? seconds : null;
        if (Date(answer, "Retry-After") is not { } until) return null;

        // The service's clock and this one's may differ.
        double wait = (until - (Date(answer, "Date") ?? DateTimeOffset.UtcNow)).TotalSeconds;
        return wait > 0.5 ? Math.Min(wait, Longest.TotalSeconds) : null;
    }

    private static int? Number(Response answer, string header) =>
        answer.Headers.TryGetValue(header, out string? value)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    private static DateTimeOffset? Date(Response answer, string header) =>
        answer.Headers.TryGetValue(header, out string? value)
        && DateTimeOffset.TryParse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date
            : null;
}
