using System.Globalization;
using Azure;
using Azure.Core;

namespace CogRecover.Core.Operations;

/// <summary>
/// When to ask again for a long-running operation: every half second for two seconds, then a quarter later each time,
/// up to ten seconds, so that the wait is at most a quarter longer than the operation. <c>Retry-After</c> wins.
/// </summary>
internal sealed class OperationDelay() : DelayStrategy(TimeSpan.FromSeconds(10), jitterFactor: 0)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);

    protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber)
    {
        // The base class takes the longer of the two, which isn't what the server asked for.
        if (AsksToWait(response)) return TimeSpan.Zero;
        double growth = Math.Pow(1.25, Math.Max(0, Math.Min(retryNumber, 64) - 4));
        return TimeSpan.FromMilliseconds(First.TotalMilliseconds * growth);
    }

    // A zero, or what can't be read, isn't a wish to be asked without a pause.
    private static bool AsksToWait(Response? response) =>
        response is not null
        && response.Headers.TryGetValue("Retry-After", out string? value)
        && (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? seconds > 0
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset date)
                && date > DateTimeOffset.UtcNow.AddSeconds(0.5));
}
