namespace CogRecover.Sandbox.Arm.Gateway;

/// <summary>A request that the simulated ARM got.</summary>
/// <param name="Method"><c>GET</c>, <c>PUT</c>, …</param>
/// <param name="Path">The path, unescaped and without the query.</param>
/// <param name="RawTarget">The path and the query, exactly as sent.</param>
/// <param name="Body">The body; null: none was sent.</param>
/// <param name="Status">The status of the answer; null: it isn't answered, or the connection broke first.</param>
/// <param name="At">When it arrived, by the simulator's clock.</param>
/// <param name="Headers">The headers; names in any case find them.</param>
public sealed record ArmRequest(
    string Method,
    string Path,
    string RawTarget,
    string? Body,
    int? Status,
    DateTimeOffset At,
    IReadOnlyDictionary<string, string> Headers);
