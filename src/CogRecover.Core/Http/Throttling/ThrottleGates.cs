namespace CogRecover.Core.Http.Throttling;

/// <summary>The gates of a session: one for each endpoint, sign-in and kind of request. Thread-safe.</summary>
internal sealed class ThrottleGates
{
    private readonly ConcurrentDictionary<(Uri Endpoint, string? SignIn, RequestKind Kind), ThrottleGate> gates = new();

    public ThrottleGate Of(Uri endpoint, string? signIn, RequestKind kind) =>
        gates.GetOrAdd((endpoint, signIn, kind), key => new ThrottleGate(key.Kind));
}
