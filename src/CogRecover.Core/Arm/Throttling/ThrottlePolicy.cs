using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using CogRecover.Core.Operations;

namespace CogRecover.Core.Arm.Throttling;

/// <summary>
/// Makes requests wait for Azure Resource Manager to take them, and asks again what it refused for throttling: one
/// refusal makes all of that kind wait, in the whole process. It stands before the policy that adds the token, which
/// may expire meanwhile.
/// </summary>
internal sealed class ThrottlePolicy(ArmConnection connection) : HttpPipelinePolicy
{
    private const string ObserverProperty = "CogRecover.Observer";

    private static readonly ConcurrentDictionary<(Uri Endpoint, RequestKind Kind), ThrottleLane> Lanes = new();

    /// <summary>Tells an observer of the requests that are made until the result is disposed.</summary>
    public static IDisposable Tell(IOperationObserver? observer) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>
        {
            [ObserverProperty] = observer,
        });

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine is asynchronous throughout.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var kind = RequestKind.Of(message.Request);
        ThrottleLane lane = Lanes.GetOrAdd((connection.Endpoint, kind), _ => new ThrottleLane(kind));
        var observer = message.TryGetProperty(ObserverProperty, out object? told) ? told as IOperationObserver : null;
        Stopwatch? throttled = null;
        while (true)
        {
            if (lane.Closed is { } closed) observer?.Waiting(closed.ToString());
            await lane.EnterAsync(connection.LongestThrottling, message.CancellationToken).ConfigureAwait(false);
            observer?.Sending();
            Response? answer = null;
            bool closes;
            try
            {
                await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
                answer = message.Response;
            }
            finally
            {
                closes = lane.Leave(answer);
            }

            if (answer.Status != 429) return;
            throttled ??= Stopwatch.StartNew();

            // None: the wait is over by now.
            ThrottleNotice? notice = lane.Closed;
            TimeSpan wait = notice is null ? TimeSpan.Zero : notice.Until - DateTime.UtcNow;
            if (throttled.Elapsed + wait > connection.LongestThrottling) return;
            if (closes && notice is not null) connection.Throttled?.Invoke(notice);
            answer.Dispose();
        }
    }
}
