namespace CogRecover.Core.Http;

/// <summary>What connections share: the throttle gates, and the purges that nobody waited for. Thread-safe.</summary>
internal sealed class ArmSession
{
    private readonly ConcurrentDictionary<(Uri Endpoint, string? SignIn, RequestKind Kind), ThrottleGate> gates = new();

    /// <summary>The session that the commands of a process share.</summary>
    public static ArmSession Shared { get; } = new();

    public UnawaitedPurges Purges { get; } = new();

    /// <summary>The gate for requests of a kind, to an endpoint with a sign-in.</summary>
    public ThrottleGate Gate(Uri endpoint, string? signIn, RequestKind kind) =>
        gates.GetOrAdd((endpoint, signIn, kind), key => new ThrottleGate(key.Kind));
}
