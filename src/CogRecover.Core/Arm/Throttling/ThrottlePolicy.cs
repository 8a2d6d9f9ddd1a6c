using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using CogRecover.Core.Operations;

namespace CogRecover.Core.Arm.Throttling;

/// <summary>
/// Makes requests wait for Azure Resource Manager to take them, and asks again what it refused for throttling: one
/// refusal makes all of that kind wait that have the same sign-in, in the whole process. It stands before the policy
/// that adds the token, which may expire meanwhile.
/// </summary>
internal sealed class ThrottlePolicy(ArmConnection connection) : HttpPipelinePolicy
{
    private const string ObserverProperty = "CogRecover.Observer";
    private const string CheckProperty = "CogRecover.Check";

    private static readonly ConcurrentDictionary<(Uri Endpoint, string? SignIn, RequestKind Kind), ThrottleLane> Lanes =
        new();

    private readonly ConcurrentDictionary<RequestKind, ThrottleNotice> told = new();

    /// <summary>Tells an observer of the requests that are made until the result is disposed.</summary>
    /// <param name="observer">The observer; null for nobody.</param>
    /// <param name="check">
    /// Called before each of them is sent, once it has waited as long as it has to: it may throw to keep it from being
    /// sent. Null for nothing.
    /// </param>
    public static IDisposable Tell(IOperationObserver? observer, Func<CancellationToken, Task>? check) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>
        {
            [ObserverProperty] = observer,
            [CheckProperty] = check,
        });

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine is asynchronous throughout.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var kind = RequestKind.Of(message.Request);
        ThrottleLane lane = Lanes.GetOrAdd(
            (connection.Endpoint, connection.SignIn, kind), _ => new ThrottleLane(kind));
        var observer = message.TryGetProperty(ObserverProperty, out object? value) ? value as IOperationObserver : null;
        Stopwatch? throttled = null;
        while (true)
        {
            long number = await EnterAsync(lane, kind, observer, message.CancellationToken).ConfigureAwait(false);
            Response? answer = null;
            try
            {
                await CheckAsync(message).ConfigureAwait(false);
                observer?.Sending();
                await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
                answer = message.Response;
            }
            finally
            {
                lane.Leave(number, answer);
            }

            if (answer.Status != 429) return;
            throttled ??= Stopwatch.StartNew();

            // None: the wait is over by now.
            ThrottleNotice? notice = lane.Closed;
            TimeSpan wait = notice is null ? TimeSpan.Zero : notice.Until - DateTime.UtcNow;
            if (throttled.Elapsed + wait > connection.LongestThrottling) return;
            answer.Dispose();
        }
    }

    private static async Task CheckAsync(HttpMessage message)
    {
        if (!message.TryGetProperty(CheckProperty, out object? value) || value is not Func<CancellationToken, Task> check)
            return;

        // The requests of the check aren't what is checked.
        using IDisposable untold = Tell(observer: null, check: null);
        await check(message.CancellationToken).ConfigureAwait(false);
    }

    private async Task<long> EnterAsync(
        ThrottleLane lane, RequestKind kind, IOperationObserver? observer, CancellationToken cancellationToken)
    {
        connection.Waits.Begin(kind);
        try
        {
            return await lane.EnterAsync(connection.LongestThrottling, Tell, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            connection.Waits.End(kind);
        }

        void Tell(ThrottleNotice notice)
        {
            observer?.Waiting(notice.ToString());
            if (told.TryGetValue(kind, out ThrottleNotice? last) && ReferenceEquals(last, notice)) return;
            told[kind] = notice;
            connection.Throttled?.Invoke(notice);
        }
    }
}
