using System.Collections.Concurrent;

namespace CogRecover.Core.Http.Throttling;

/// <summary>
/// What Azure Resource Manager has said of how much it takes: a gate for each endpoint, sign-in, subscription and kind of
/// request. Connections that are given the same gates take turns at them. Safe to be used from many threads.
/// </summary>
public sealed class ThrottleGates
{
    private readonly ConcurrentDictionary<(Uri Endpoint, string? SignIn, RequestKind Kind), ThrottleGate> gates = new();

    /// <summary>The gates that the commands of a process share.</summary>
    public static ThrottleGates Shared { get; } = new();

    internal ThrottleGate Of(Uri endpoint, string? signIn, RequestKind kind) =>
        gates.GetOrAdd((endpoint, signIn, kind), key => new ThrottleGate(key.Kind));
}
