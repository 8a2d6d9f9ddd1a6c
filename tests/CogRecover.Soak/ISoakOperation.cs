using CogRecover.Core;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Soak;

/// <summary>What is done to one account of a soak.</summary>
internal interface ISoakOperation
{
    /// <summary>What is done, as the report counts it.</summary>
    string Name { get; }

    /// <summary>What each caller was told.</summary>
    IReadOnlyList<string> Outcomes { get; }

    Task RunAsync(AccountRecovery recovery, DeletedCognitiveAccount account, CancellationToken cancellationToken);

    /// <summary>Holds what was told against what is.</summary>
    /// <returns>What doesn't fit; null if all does.</returns>
    string? Check(ArmState state);
}
