namespace CogRecover.Pipeline;

/// <summary>Makes every error record of the module, so that ids, categories and recommendations stand on one
/// page.</summary>
internal static class ErrorRecords
{
    /// <param name="failure">What went wrong.</param>
    /// <param name="target">The account, or the name or id that the user gave.</param>
    public static ErrorRecord From(RecoveryException failure, object? target) =>
        new(failure, failure.ErrorId.ToString(), Category(failure.ErrorId), target)
        {
            ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = failure.RecommendedAction },
        };

    /// <summary>The error where a question can't be asked.</summary>
    /// <param name="refusal">How the host refused.</param>
    /// <param name="account">The name of the account that the question is about.</param>
    /// <param name="target">That account.</param>
    /// <param name="hasForce">Whether the command has <c>-Force</c>.</param>
    public static ErrorRecord NobodyToAsk(Exception refusal, string account, object target, bool hasForce)
    {
        ErrorRecord error = ((IContainsErrorRecord)refusal).ErrorRecord;
        return new ErrorRecord(refusal, error.FullyQualifiedErrorId, error.CategoryInfo.Category, target)
        {
            ErrorDetails = new ErrorDetails(
                $"Nobody can be asked here about account '{account}', and nothing was done. {refusal.Message}")
            {
                RecommendedAction = "Give -Confirm:$false" + (hasForce ? " or -Force." : "."),
            },
        };
    }

    /// <summary>The error where a wildcard pattern is malformed.</summary>
    /// <param name="failure">What is wrong with it.</param>
    /// <param name="target">What the user asked for.</param>
    public static ErrorRecord Malformed(WildcardPatternException failure, object? target) =>
        new(failure, "InvalidWildcardPattern", ErrorCategory.InvalidArgument, target)
        {
            ErrorDetails = new ErrorDetails(failure.Message)
            {
                RecommendedAction = "Close each bracket, or escape it with a backtick where it is part of the name.",
            },
        };

    private static ErrorCategory Category(RecoveryErrorId id) => id switch
    {
        RecoveryErrorId.NotSignedIn or RecoveryErrorId.AuthenticationFailed
            or RecoveryErrorId.ClaimsChallenge => ErrorCategory.AuthenticationError,
        RecoveryErrorId.AuthorizationFailed
            or RecoveryErrorId.LockedOrForbiddenByPolicy => ErrorCategory.PermissionDenied,
        RecoveryErrorId.DeletedAccountNotFound or RecoveryErrorId.RetentionExpired
            or RecoveryErrorId.ResourceGroupNotFound => ErrorCategory.ObjectNotFound,
        RecoveryErrorId.AmbiguousAccount or RecoveryErrorId.InvalidResourceId
            or RecoveryErrorId.InvalidDeletionDate
            or RecoveryErrorId.UnsupportedApiVersion => ErrorCategory.InvalidArgument,
        RecoveryErrorId.AccountAlreadyExists => ErrorCategory.ResourceExists,
        RecoveryErrorId.KeyVaultDeleted or RecoveryErrorId.StorageAccountMissing
            or RecoveryErrorId.SubnetMissing
            or RecoveryErrorId.ServiceUnavailable => ErrorCategory.ResourceUnavailable,
        RecoveryErrorId.OperationInProgress => ErrorCategory.ResourceBusy,
        RecoveryErrorId.RequestThrottled => ErrorCategory.LimitsExceeded,
        RecoveryErrorId.ConnectionFailed => ErrorCategory.ConnectionError,
        RecoveryErrorId.OperationTimedOut => ErrorCategory.OperationTimeout,
        RecoveryErrorId.RestoreFailed or RecoveryErrorId.PurgeFailed => ErrorCategory.InvalidResult,
        RecoveryErrorId.InvalidServiceResponse => ErrorCategory.ProtocolError,
        RecoveryErrorId.InsecureEndpoint or RecoveryErrorId.UntrustedHost => ErrorCategory.SecurityError,
        _ => ErrorCategory.NotSpecified,
    };
}
