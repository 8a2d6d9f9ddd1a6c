namespace CogRecover.Core.Operations;

/// <summary>What a restore came to.</summary>
/// <param name="Account">The live account.</param>
/// <param name="WasLiveAlready">Whether somebody had restored it before.</param>
public sealed record RestoreOutcome(CognitiveAccount Account, bool WasLiveAlready);
