namespace CogRecover.Input;

/// <summary>The wildcard patterns that accounts must match. An empty list lets every account through.</summary>
/// <param name="Locations">Their regions, in any spelling.</param>
/// <param name="Deletion">When they were deleted; null for any time.</param>
internal sealed record AccountPatterns(
    string[] Names, string[] Groups, string[] Locations, DeletionTime? Deletion = null);
