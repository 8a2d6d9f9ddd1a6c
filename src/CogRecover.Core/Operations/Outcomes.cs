namespace CogRecover.Core.Operations;

/// <summary>The result of a restore.</summary>
/// <param name="WasLiveAlready">Whether another caller had restored it.</param>
/// <param name="Failure">What the service said of the operation that ended badly, where the account lives all the same;
/// else null.</param>
internal sealed record RestoreOutcome(CognitiveAccount Account, bool WasLiveAlready, string? Failure = null);

/// <summary>The result of a purge.</summary>
/// <param name="Account">The account, in the state that it was last seen in.</param>
/// <param name="Existed">Whether there was an account to purge: it may have been gone already.</param>
internal sealed record PurgeOutcome(DeletedCognitiveAccount Account, bool Existed);
