namespace CogRecover.Core.Http;

/// <summary>Azure.Core's retries where they are safe: not of a write that may have been carried out, which its
/// operation handles, and not of a 429, which <see cref="Throttling.ThrottlePolicy"/> handles.</summary>
internal sealed class SafeRetryPolicy : RetryPolicy
{
    private readonly DelayStrategy delay;

    public SafeRetryPolicy(DelayStrategy delay) : base(maxRetries: 3, delay) => this.delay = delay;

    // For a longer wait the request fails, and the user decides.
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
