namespace CogRecover;

/// <summary>One prerequisite of a restore, and whether it is met.</summary>
public sealed class RestoreCheck
{
    internal RestoreCheck() { }

    /// <summary>What was checked: <c>Retention</c>, <c>Subscription</c>, <c>Name</c>, <c>Permission</c>, <c>Lock</c>,
    /// <c>FreeTier</c>; what the account needs, <c>ResourceGroup</c>, <c>KeyVault</c>, <c>Storage</c>; what a restore
    /// loses, <c>Projects</c>, <c>PrivateEndpoints</c>, <c>RoleAssignments</c>, <c>KeyVaultAccess</c>,
    /// <c>StorageAccess</c>, <c>Identity</c>, <c>Network</c>.</summary>
    public string Name { get; internal init; } = null!;

    /// <summary>What it came to.</summary>
    public RestoreCheckStatus Status { get; internal init; }

    /// <summary>What was found, as a sentence.</summary>
    public string Message { get; internal init; } = null!;

    /// <summary>What to do next, mostly a command to run; null if there is nothing to do.</summary>
    public string? RecommendedAction { get; internal init; }

    /// <summary>The PowerShell command line of <see cref="RecommendedAction"/>, which can be run as it is; null if it
    /// has none.</summary>
    public string? NextCommand => CommandLine.In(RecommendedAction);

    /// <summary>The id of the error that a restore ends with if this check fails, and that
    /// <c>Restore-CognitiveAccount -RestoreDependency</c> ends with if it is unknown; null if it goes on.</summary>
    public RecoveryErrorId? ErrorId { get; internal init; }

    /// <summary>Whether something is gone that <c>Restore-CognitiveAccount -RestoreDependency</c> brings back: the
    /// check fails, or warns where the test was asked about such a restore.</summary>
    public bool IsRecoverable { get; internal init; }

    /// <summary>The check's name, status and message.</summary>
    public override string ToString() => $"{Name}: {Status}. {Message}";
}
