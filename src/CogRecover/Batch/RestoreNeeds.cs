namespace CogRecover.Batch;

/// <summary>What accounts need for their restore: what of it is brought back, and what is in the way.</summary>
/// <param name="scope">What is brought back.</param>
/// <param name="groupTags">The tags that created resource groups get, besides those that they had.</param>
internal sealed class RestoreNeeds(
    BatchContext context, RestoreScope scope, IReadOnlyDictionary<string, string> groupTags)
{
    private readonly AccountRecovery recovery = context.Session.Recovery;
    private readonly DependencyRecoveries dependencies = new(context);

    /// <summary>Whether anything is brought back.</summary>
    public bool AreBroughtBack => scope.CreatesGroup || scope.RestoresDependencies;

    /// <inheritdoc cref="IAccountAction{T}.Unfinished"/>
    public IEnumerable<string> Unfinished => dependencies.Unfinished;

    /// <inheritdoc cref="DependencyRecoveries.Ask"/>
    public bool Ask(IReadOnlyList<RecoverableResource> needed) => dependencies.Ask(needed);

    /// <summary>Brings back what an account needs.</summary>
    /// <param name="isAgain">Whether what was brought back, or has failed, before is tried again.</param>
    /// <exception cref="RecoveryException">It couldn't be brought back, or nobody needs it any more.</exception>
    public async Task BringBackAsync(AccountWork work, bool isAgain, CancellationToken cancellationToken)
    {
        if (work.Needs.Count == 0) return;
        if (work.Live is null)
            await recovery.Prerequisites.RequireDeletedAsync(
                work.Account!, cancellationToken: cancellationToken);

        // A deletion may have to end first, and take long: other accounts go on meanwhile, and somebody may purge this
        // one.
        work.Room?.Dispose();
        DateTime? waitedUntil = await dependencies.RecoverAsync(work, isAgain, cancellationToken);
        work.Resume();
        work.Room = await context.Session.Limit.EnterAsync(cancellationToken);
        if (work.Live is null && waitedUntil is not null)
            await recovery.Prerequisites.RequireDeletedAsync(work.Account!, waitedUntil, cancellationToken);
    }

    /// <summary>Looks again at what an account needs: it was there before the restore, and may have gone with a group
    /// whose deletion has finished since.</summary>
    /// <param name="refusal">What the restore, or what came before it, failed with.</param>
    /// <param name="wasBroughtBack">Whether what was found gone before is back.</param>
    /// <returns>Whether something else is gone, and the user wants it back.</returns>
    public async Task<bool> FindAgainAsync(
        AccountWork work, RecoveryException refusal, bool wasBroughtBack, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount account = work.Account!;
        work.Stage = WorkStage.Running;
        IReadOnlyList<DependencyStatus> needed = await recovery.Prerequisites.TestNeededAsync(
            account, isGroupOnly: !scope.RestoresDependencies, again: true, cancellationToken);
        List<RecoverableResource> gone = Require(
            account, needed.Select(status => status.Check), needed, refusal);
        if (gone.Count == 0 || (!wasBroughtBack && gone.TrueForAll(resource => work.Needs.Any(resource.IsSame)))
            || !await context.Session.Pump.InvokeAsync(() => dependencies.Ask(gone)))
            return false;
        work.Needs = gone;
        return true;
    }

    /// <summary>What has to be brought back before an account.</summary>
    /// <param name="refusal">What its restore failed with; null before it is sent.</param>
    /// <exception cref="RecoveryException">Something fails that isn't brought back.</exception>
    public List<RecoverableResource> Require(
        DeletedCognitiveAccount account, IEnumerable<RestoreCheck> checks, IReadOnlyList<DependencyStatus> needed,
        RecoveryException? refusal = null)
    {
        DependencyStatus[] recoverable = [.. needed.Where(scope.CanRecover)];
        RestoreCheck[] failed = [.. checks.Where(check => check.Status == RestoreCheckStatus.Failed)
            .Except(recoverable.Select(status => status.Check))
            .Concat(needed.Select(status => status.Check).Where(check => IsUnseenInTheWay(check, refusal)))];
        return failed.Length == 0
            ? RecoveriesOf(recoverable)
            : throw RestoreErrors.PrerequisitesFailed(account, failed, wasRefused: refusal is not null);
    }

    /// <summary>What is gone, and this command brings back.</summary>
    public List<RecoverableResource> RecoveriesOf(IEnumerable<DependencyStatus> needed) =>
        [.. needed.Where(scope.CanRecover).Select(status => status.Recovery!.Tagged(groupTags))];

    // What can't be seen doesn't explain a refusal, unless that was for a group.
    private bool IsUnseenInTheWay(RestoreCheck check, RecoveryException? refusal) => refusal is null
        ? scope.IsUnseenInTheWay(check)
        : check is { Status: RestoreCheckStatus.Unknown, ErrorId: not null }
            && (refusal.ErrorId == RecoveryErrorId.ResourceGroupNotFound
                || check.ErrorId == RecoveryErrorId.KeyVaultMissing);
}
