using static CogRecover.RecoveryErrorId;

namespace CogRecover.Pipeline;

/// <summary>Makes every error record of the module, so that ids, categories and recommendations stand on one page.
/// </summary>
internal static class ErrorRecords
{
    /// <param name="target">The account, or the name or id that the user gave.</param>
    public static ErrorRecord From(RecoveryException failure, object? target) => Make(
        failure, $"{failure.ErrorId}", Category(failure.ErrorId), target, failure.Message, failure.RecommendedAction);

    /// <summary>The error where a question can't be asked, as in a runbook.</summary>
    /// <param name="instead">What else the user can do, as the rest of the sentence.</param>
    public static ErrorRecord NobodyToAsk(Exception refusal, string account, object target, string instead)
    {
        ErrorRecord error = ((IContainsErrorRecord)refusal).ErrorRecord;
        return Make(
            refusal, error.FullyQualifiedErrorId, error.CategoryInfo.Category, target,
            $"Nobody can be asked here about account '{account}', and nothing was done. {refusal.Message}",
            "Give -Confirm:$false" + instead);
    }

    /// <summary>The error where a wildcard pattern is malformed.</summary>
    public static ErrorRecord Malformed(WildcardPatternException failure, object? target) => Make(
        failure, "InvalidWildcardPattern", ErrorCategory.InvalidArgument, target, failure.Message,
        "Close each bracket, or escape it with a backtick where it is part of the name.");

    private static ErrorRecord Make(
        Exception failure, string id, ErrorCategory category, object? target, string message, string action) =>
        new(failure, id, category, target)
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
            or UnsupportedApiVersion => ErrorCategory.InvalidArgument,
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
        _ => ErrorCategory.NotSpecified,
    };
}
