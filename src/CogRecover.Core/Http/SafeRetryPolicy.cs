using Azure.Core;
using Azure.Core.Pipeline;

namespace CogRecover.Core.Http;

/// <summary>
/// The library's own retries, where they are safe: not of a write that may have been carried out, of which
/// the operation itself takes care, and not for throttling, which is <see
/// cref="Throttling.ThrottlePolicy"/>'s.
/// </summary>
internal sealed class SafeRetryPolicy : RetryPolicy
{
    private readonly DelayStrategy delay;

    public SafeRetryPolicy(DelayStrategy delay) : base(maxRetries: 3, delay) => this.delay = delay;

    // Longer than this, the user is told and decides.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsSafe(message, exception) ? base.ShouldRetryAsync(message, exception) : new(false);

    private bool IsSafe(HttpMessage message, Exception? exception)
    {
        bool isRead = message.Request.Method == RequestMethod.Get;
        if (exception is not null) return isRead || ConnectionFailure.WasNeverSent(exception);
        return isRead && message.Response.Status != 429 && delay.GetNextDelay(message.Response, 1) <= LongestWait;
    }
}
