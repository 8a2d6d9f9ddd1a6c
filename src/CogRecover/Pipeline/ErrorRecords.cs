using static CogRecover.RecoveryErrorId;

namespace CogRecover.Pipeline;

/// <summary>Makes every error record of the module, so that ids, categories and recommendations stand on one page.
/// </summary>
internal static class ErrorRecords
{
    /// <param name="target">The account, or the name or id that the user gave.</param>
    public static ErrorRecord From(RecoveryException failure, object? target) => Make(
        failure, failure.ErrorId, target, failure.Message, failure.RecommendedAction);

    /// <summary>The error where a question can't be asked, as in a runbook.</summary>
    /// <param name="instead">What else the user can do, as the rest of the sentence.</param>
    public static ErrorRecord NobodyToAsk(Exception refusal, string account, object target, string instead) => Make(
        refusal, ConfirmationNotPossible, target,
        $"The command can't ask about account '{account}' in this session, and nothing was done. {refusal.Message}",
        "Give -Confirm:$false" + instead);

    /// <summary>The error where a wildcard pattern is malformed.</summary>
    public static ErrorRecord Malformed(WildcardPatternException failure, object? target) => Make(
        failure, InvalidWildcardPattern, target, failure.Message,
        "Close each bracket, or escape it with a backtick if it is part of the name.");

    /// <summary>The error of a job whose accounts can't have caused it.</summary>
    public static ErrorRecord OfJob(Exception failure, Job job) => Make(
        failure, JobFailed, job, $"The job has failed: {failure.Message}",
        "Run Get-DeletedCognitiveAccount to see which accounts are still deleted, then run the command again.");

    private static ErrorRecord Make(
        Exception failure, RecoveryErrorId id, object? target, string message, string action) =>
        new(failure, $"{id}", Category(id), target)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = action },
        };

    private static ErrorCategory Category(RecoveryErrorId id) => id switch
    {
        NotSignedIn or AuthenticationFailed or ClaimsChallenge => ErrorCategory.AuthenticationError,
        AuthorizationFailed or LockedOrForbiddenByPolicy => ErrorCategory.PermissionDenied,
        SubscriptionDisabled or ProviderNotRegistered => ErrorCategory.ResourceUnavailable,
        DeletedAccountNotFound or RetentionExpired or ResourceGroupNotFound => ErrorCategory.ObjectNotFound,
        AmbiguousAccount or InvalidResourceId or InvalidLocation or InvalidDeletionDate or InvalidTag
            or InvalidWildcardPattern or UnsupportedApiVersion => ErrorCategory.InvalidArgument,
        AccountAlreadyExists or SubdomainInUse => ErrorCategory.ResourceExists,
        KeyVaultDeleted or KeyVaultMissing or StorageAccountMissing or SubnetMissing or IdentityMissing
            or ServiceUnavailable =>
            ErrorCategory.ResourceUnavailable,
        OperationInProgress or ResourceGroupBeingDeleted => ErrorCategory.ResourceBusy,
        RequestThrottled or FreeTierInUse => ErrorCategory.LimitsExceeded,
        QuotaExceeded => ErrorCategory.QuotaExceeded,
        ConnectionFailed => ErrorCategory.ConnectionError,
        OperationTimedOut => ErrorCategory.OperationTimeout,
        RestoreFailed or PurgeFailed => ErrorCategory.InvalidResult,
        InvalidServiceResponse => ErrorCategory.ProtocolError,
        InsecureEndpoint or UntrustedHost => ErrorCategory.SecurityError,
        ConfirmationNotPossible => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };
}
