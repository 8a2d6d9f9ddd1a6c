using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CogRecover.Core.Http.Throttling;

/// <summary>
/// Makes requests wait for Azure Resource Manager to take them, and asks again what it refused for throttling: one
/// refusal makes all of that kind wait that share a gate. It stands before the policy that adds the token, which may
/// expire meanwhile.
/// </summary>
/// <param name="gates">Where requests of a kind wait.</param>
/// <param name="longest">How long a request waits before it fails for it.</param>
/// <param name="throttled">Called once for each wait, from whatever thread; null for nobody.</param>
internal sealed class ThrottlePolicy(
    Func<RequestKind, ThrottleGate> gates, TimeSpan longest, Action<ThrottleNotice>? throttled) : HttpPipelinePolicy
{
    private const string ObserverProperty = "CogRecover.Observer";
    private const string CheckProperty = "CogRecover.Check";

    private readonly ConcurrentDictionary<RequestKind, ThrottleCaller> callers = new();

    // Several requests hear of one wait, and not in order.
    private readonly ConcurrentDictionary<string, bool> notified = new();

    /// <summary>Lets an observer follow the requests that are made until the result is disposed.</summary>
    /// <param name="observer">The observer; null for nobody.</param>
    /// <param name="check">
    /// Called before each of them is sent, once it has waited as long as it has to: it may throw to keep it from being
    /// sent. Null for nothing.
    /// </param>
    public static IDisposable Observe(IRequestObserver? observer, Func<CancellationToken, Task>? check) =>
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
        ThrottleGate gate = gates(kind);
        var observer = message.TryGetProperty(ObserverProperty, out object? value) ? value as IRequestObserver : null;
        ThrottleCaller caller = callers.GetOrAdd(kind, _ => new());
        Stopwatch? sinceRefusal = null;
        while (true)
        {
            TimeSpan left = longest - (sinceRefusal?.Elapsed ?? TimeSpan.Zero);
            long number = await gate.EnterAsync(caller, left, Notify, message.CancellationToken)
                .ConfigureAwait(false);
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
                gate.Leave(caller, number, answer);
            }

            if (answer.Status != 429) return;
            sinceRefusal ??= Stopwatch.StartNew();
            answer.Dispose();
        }

        void Notify(ThrottleNotice notice)
        {
            observer?.Waiting(notice.ToString());
            if (notified.TryAdd(notice.ToString(), true)) throttled?.Invoke(notice);
        }
    }

    private static async Task CheckAsync(HttpMessage message)
    {
        if (!message.TryGetProperty(CheckProperty, out object? value) || value is not Func<CancellationToken, Task> check)
            return;

        // The requests of the check aren't what is checked.
        using IDisposable unobserved = Observe(observer: null, check: null);
        await check(message.CancellationToken).ConfigureAwait(false);
    }
}
