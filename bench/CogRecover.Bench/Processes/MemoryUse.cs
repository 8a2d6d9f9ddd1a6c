namespace CogRecover.Bench.Processes;

/// <summary>What a list took in memory.</summary>
/// <param name="Accounts">The accounts that it listed.</param>
/// <param name="Above">
/// The most bytes that were taken above what was before, and above what kept accounts take.
/// </param>
internal sealed record MemoryUse(int Accounts, long Above);
