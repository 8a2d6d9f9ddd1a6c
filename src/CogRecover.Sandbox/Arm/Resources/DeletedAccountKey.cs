namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>What ARM tells deleted accounts apart by: the region is part of their path.</summary>
/// <param name="Account">The account that it was.</param>
/// <param name="Location">The region's normalized name.</param>
internal readonly record struct DeletedAccountKey(AccountKey Account, string Location);
