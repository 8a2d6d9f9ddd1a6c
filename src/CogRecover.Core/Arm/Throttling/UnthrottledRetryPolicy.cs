using Azure.Core;
using Azure.Core.Pipeline;

namespace CogRecover.Core.Arm.Throttling;

/// <summary>The library's own retries, but for throttling: <see cref="ThrottlePolicy"/> takes care of that.</summary>
internal sealed class UnthrottledRetryPolicy(DelayStrategy delay) : RetryPolicy(maxRetries: 3, delay)
{
    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        exception is null && message.HasResponse && message.Response.Status == 429
            ? new(false)
            : base.ShouldRetryAsync(message, exception);
}
