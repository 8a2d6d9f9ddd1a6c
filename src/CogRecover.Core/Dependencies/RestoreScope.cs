namespace CogRecover.Core.Dependencies;

/// <summary>What a restore brings back of what its accounts need.</summary>
/// <param name="CreatesGroup">Whether an account's resource group is created where it is gone.</param>
/// <param name="RestoresDependencies">Whether all that an account needs and that is gone is brought back first.</param>
internal sealed record RestoreScope(bool CreatesGroup = false, bool RestoresDependencies = false)
{
    private string Switch => RestoresDependencies ? "-RestoreDependency" : "-CreateResourceGroup";

    /// <summary>Whether something is gone, and this restore brings it back.</summary>
    public bool CanRecover(DependencyStatus status) => status is { HasFailed: true, Recovery: { } recovery }
        && (RestoresDependencies || (CreatesGroup && recovery.IsGroup));

    /// <summary>Whether something can't be seen and so can't be brought back, which this restore has to.</summary>
    public bool IsUnseenInTheWay(RestoreCheck check) =>
        RestoresDependencies && check is { Status: RestoreCheckStatus.Unknown, ErrorId: not null };

    /// <summary>What a check says of this restore: what it brings back is no obstacle, and what it can't see is one.
    /// </summary>
    public RestoreCheck Judge(DeletedCognitiveAccount account, DependencyStatus status)
    {
        RestoreCheck check = status.Check;
        return CanRecover(status)
            ? Check.Recovered(check, $"{check.Message} {Switch} brings it back first.",
                $"Run {NextCommand.For("Restore-CognitiveAccount", account)} {Switch}")
            : IsUnseenInTheWay(check)
                ? Check.Failed(check.Name, check.ErrorId!.Value,
                    $"{check.Message} {Switch} restores nothing as long as that isn't known.",
                    check.RecommendedAction!)
                : check;
    }
}
