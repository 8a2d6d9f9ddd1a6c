namespace CogRecover.Engine.Tests;

/// <summary>A request that the simulated ARM got, as <c>/_sandbox/requests</c> gives it.</summary>
/// <param name="Status">Of the answer; null: there was none.</param>
internal sealed record LoggedRequest(
    string Method, string Path, string RawTarget, string? Body, int? Status, DateTimeOffset At,
    Dictionary<string, string> Headers);
