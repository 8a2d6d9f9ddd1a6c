namespace CogRecover.Core.Dependencies;

/// <summary>Whether the account is still kept: the 48 hours aren't over by the date that the service gave, and nobody
/// purges it.</summary>
internal static class RetentionCheck
{
    private const string Name = "Retention";
    private static readonly TimeSpan Short = TimeSpan.FromHours(1);

    public static async Task<RestoreCheck> RunAsync(
        DeletedCognitiveAccount account, Task<DeletedCognitiveAccount?> current, DateTime now) =>
        Run(await current.ConfigureAwait(false) ?? account, now);

    public static RestoreCheck Run(DeletedCognitiveAccount account, DateTime now)
    {
        if (ProvisioningState.IsDeleting(account.ProvisioningState))
            return Check.Failed(Name, RecoveryErrorId.OperationInProgress,
                "The account is being purged, and can't be restored any more.",
                "Create the account again once it is purged. Its keys and deployments can't be brought back.");
        if (account.ScheduledPurgeDate is not { } purge)
            return Check.Unknown(Name, "The service didn't say when it purges the account.");
        TimeSpan left = purge - now;
        if (left <= TimeSpan.Zero)
            return Check.Failed(Name, RecoveryErrorId.RetentionExpired,
                $"The 48 hours ended at {UtcDate.Format(purge)}. The service has purged the account, or is about to.",
                "Create the account again. Its keys and deployments can't be brought back.");
        return left < Short
            ? Check.Warning(Name, $"The service purges the account in {Minutes(left)}, at {UtcDate.Format(purge)}.",
                $"Run {NextCommand.For("Restore-CognitiveAccount", account)} now.")
            : Check.Passed(Name, $"The account is kept until {UtcDate.Format(purge)}.");
    }

    private static string Minutes(TimeSpan left) => (int)left.TotalMinutes switch
    {
        0 => "less than a minute",
        1 => "a minute",
        var minutes => $"{minutes} minutes",
    };
}
