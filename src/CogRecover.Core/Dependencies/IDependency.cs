namespace CogRecover.Core.Dependencies;

/// <summary>Something that an account needs, or had. A class a kind: how to look at it and, where it can come back, how
/// to bring it back.</summary>
internal interface IDependency
{
    /// <summary>Looks at it, without writing. What can't be seen is unknown.</summary>
    /// <returns>What it found; null if there is nothing to say.</returns>
    Task<DependencyStatus?> LookAsync(CancellationToken cancellationToken);
}

/// <summary>The result of a look at a dependency.</summary>
/// <param name="Check">What the user is told.</param>
/// <param name="Recovery">How to bring it back; null if it's there, or can't be brought back.</param>
internal sealed record DependencyStatus(RestoreCheck Check, RecoverableResource? Recovery = null)
{
    public bool HasFailed => Check.Status == RestoreCheckStatus.Failed;
}
