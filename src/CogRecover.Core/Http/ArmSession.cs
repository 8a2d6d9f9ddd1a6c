using CogRecover.Core.Http.Throttling;

namespace CogRecover.Core.Http;

/// <summary>
/// What the connections know that are given the same session: where requests wait, and which operations nobody has waited
/// for. Safe to be used from many threads.
/// </summary>
public sealed class ArmSession
{
    /// <summary>The session that the commands of a process share.</summary>
    public static ArmSession Shared { get; } = new();

    internal ThrottleGates ThrottleGates { get; } = new();

    internal BegunOperations BegunOperations { get; } = new();
}
