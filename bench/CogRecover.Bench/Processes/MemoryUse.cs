namespace CogRecover.Bench.Processes;

/// <summary>What a list took in memory.</summary>
/// <param name="Accounts">The accounts that it listed.</param>
/// <param name="Results">The bytes that the kept accounts take; 0 where they were dropped.</param>
/// <param name="Above">The most bytes that were taken above those, and above what was taken before.</param>
internal sealed record MemoryUse(int Accounts, long Results, long Above);
