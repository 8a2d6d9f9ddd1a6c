using System.Collections.Concurrent;

namespace CogRecover.Core.Http.Throttling;

/// <summary>
/// What Azure Resource Manager has said of how much it takes: a gate for each endpoint, sign-in, subscription and kind of
/// request. Safe to be used from many threads.
/// </summary>
internal sealed class ThrottleGates
{
    private readonly ConcurrentDictionary<(Uri Endpoint, string? SignIn, RequestKind Kind), ThrottleGate> gates = new();

    public ThrottleGate Of(Uri endpoint, string? signIn, RequestKind kind) =>
        gates.GetOrAdd((endpoint, signIn, kind), key => new ThrottleGate(key.Kind));
}
