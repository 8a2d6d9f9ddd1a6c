namespace CogRecover.Core.Prerequisites;

/// <summary>Whether the 48 hours are over, by the date that the service gave.</summary>
internal static class RetentionCheck
{
    private const string Name = "Retention";

    private static readonly TimeSpan Short = TimeSpan.FromHours(1);

    public static RestoreCheck Run(DeletedCognitiveAccount account, DateTime now)
    {
        if (account.ScheduledPurgeDate is not { } purge)
            return Check.Unknown(Name, "The service didn't say when it purges the account.");
        TimeSpan left = purge - now;
        if (left <= TimeSpan.Zero)
            return Check.Failed(Name, RecoveryErrorId.RetentionExpired,
                $"The 48 hours were over at {UtcDate.Format(purge)}; the service has purged the account, or is "
                + "about to.",
                "Create the account anew. Its keys and deployments can't be brought back.");
        return left < Short
            ? Check.Warning(Name, $"The service purges the account in {Math.Floor(left.TotalMinutes)} minutes.",
                $"Run Restore-CognitiveAccount -Name '{account.Name}' "
                + $"-ResourceGroupName '{account.ResourceGroupName}' now.")
            : Check.Passed(Name, $"The account is kept until {UtcDate.Format(purge)}.");
    }
}
