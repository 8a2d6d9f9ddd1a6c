namespace CogRecover.Core.Http;

/// <summary>What connections share: the throttle gates, and the operations that nobody waited for.
/// Thread-safe.</summary>
internal sealed class ArmSession
{
    /// <summary>The session that the commands of a process share.</summary>
    public static ArmSession Shared { get; } = new();

    public ThrottleGates ThrottleGates { get; } = new();
    public BegunOperations BegunOperations { get; } = new();
}
