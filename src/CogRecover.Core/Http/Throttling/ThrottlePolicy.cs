namespace CogRecover.Core.Http.Throttling;

/// <summary>Holds requests back until Azure Resource Manager takes them, and repeats those that it refuses with a 429.
/// It stands before the policy that adds the token, which may expire during a wait.</summary>
/// <param name="gates">The gate for a kind of request.</param>
/// <param name="longest">How long a request waits before it fails.</param>
/// <param name="throttled">Called once for each notice, on any thread; null for nobody.</param>
internal sealed class ThrottlePolicy(
    Func<RequestKind, ThrottleGate> gates, TimeSpan longest, Action<ThrottleNotice>? throttled) : HttpPipelinePolicy
{
    private const string ObserverProperty = "CogRecover.Observer";
    private const string TurnProperty = "CogRecover.Turn";
    private const string CheckProperty = "CogRecover.Check";

    private readonly ConcurrentDictionary<RequestKind, ThrottleCaller> callers = new();

    // Several requests are notified of one wait, and not in order.
    private readonly ConcurrentDictionary<string, bool> notified = new();

    /// <summary>Lets an observer follow the requests that are made until the result is disposed. Azure.Core's scope
    /// flows with the caller's context: the library has no other way to give something to the requests of its own
    /// operations.</summary>
    /// <param name="turn">Called before each waits; null for nothing.</param>
    /// <param name="check">Called before each is sent, after its wait. Throws to keep it from being sent.</param>
    public static IDisposable Observe(
        IRequestObserver? observer, Func<CancellationToken, Task>? turn, Func<CancellationToken, Task>? check) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>
        {
            [ObserverProperty] = observer,
            [TurnProperty] = turn,
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
            await CallAsync(message, TurnProperty).ConfigureAwait(false);
            TimeSpan left = longest - (sinceRefusal?.Elapsed ?? TimeSpan.Zero);
            long number = await gate.EnterAsync(caller, left, Notify, message.CancellationToken).ConfigureAwait(false);
            Response? response = null;
            try
            {
                await CallAsync(message, CheckProperty).ConfigureAwait(false);
                message.CancellationToken.ThrowIfCancellationRequested();
                observer?.Sending();
                await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
                response = message.Response;
            }
            finally
            {
                gate.Leave(caller, number, response);
            }

            if (response.Status != 429) return;
            sinceRefusal ??= Stopwatch.StartNew();
            response.Dispose();
        }

        void Notify(ThrottleNotice notice)
        {
            observer?.Waiting(notice.ToString());
            if (notified.TryAdd(notice.ToString(), true)) throttled?.Invoke(notice);
        }
    }

    private static async Task CallAsync(HttpMessage message, string property)
    {
        message.TryGetProperty(property, out object? value);
        if (value is not Func<CancellationToken, Task> called) return;

        // Its own requests are none of the observer's.
        using IDisposable unobserved = Observe(observer: null, turn: null, check: null);
        await called(message.CancellationToken).ConfigureAwait(false);
    }
}
