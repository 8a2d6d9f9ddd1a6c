using System.Management.Automation;

namespace CogRecover;

/// <summary>
/// Makes every error record of the module, so that ids, categories and recommendations stand on one page.
/// </summary>
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
    /// <param name="account">What the question is about.</param>
    /// <param name="hasForce">Whether the command has <c>-Force</c>.</param>
    public static ErrorRecord NobodyToAsk(Exception refusal, DeletedCognitiveAccount account, bool hasForce)
    {
        ErrorRecord error = ((IContainsErrorRecord)refusal).ErrorRecord;
        return new ErrorRecord(refusal, error.FullyQualifiedErrorId, error.CategoryInfo.Category, account)
        {
            ErrorDetails = new ErrorDetails(
                $"Nobody can be asked here about account '{account.Name}', and nothing was done. {refusal.Message}")
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
        RecoveryErrorId.NotSignedIn => ErrorCategory.AuthenticationError,
        RecoveryErrorId.AuthenticationFailed => ErrorCategory.AuthenticationError,
        RecoveryErrorId.ClaimsChallenge => ErrorCategory.AuthenticationError,
        RecoveryErrorId.AuthorizationFailed => ErrorCategory.PermissionDenied,
        RecoveryErrorId.DeletedAccountNotFound => ErrorCategory.ObjectNotFound,
        RecoveryErrorId.AmbiguousAccount => ErrorCategory.InvalidArgument,
        RecoveryErrorId.AccountAlreadyExists => ErrorCategory.ResourceExists,
        RecoveryErrorId.RetentionExpired => ErrorCategory.ObjectNotFound,
        RecoveryErrorId.KeyVaultDeleted => ErrorCategory.ResourceUnavailable,
        RecoveryErrorId.StorageAccountMissing => ErrorCategory.ResourceUnavailable,
        RecoveryErrorId.SubnetMissing => ErrorCategory.ResourceUnavailable,
        RecoveryErrorId.ResourceGroupNotFound => ErrorCategory.ObjectNotFound,
        RecoveryErrorId.OperationInProgress => ErrorCategory.ResourceBusy,
        RecoveryErrorId.LockedOrForbiddenByPolicy => ErrorCategory.PermissionDenied,
        RecoveryErrorId.RequestThrottled => ErrorCategory.LimitsExceeded,
        RecoveryErrorId.ServiceUnavailable => ErrorCategory.ResourceUnavailable,
        RecoveryErrorId.ConnectionFailed => ErrorCategory.ConnectionError,
        RecoveryErrorId.OperationTimedOut => ErrorCategory.OperationTimeout,
        RecoveryErrorId.RestoreFailed => ErrorCategory.InvalidResult,
        RecoveryErrorId.PurgeFailed => ErrorCategory.InvalidResult,
        RecoveryErrorId.InvalidServiceResponse => ErrorCategory.ProtocolError,
        RecoveryErrorId.InvalidResourceId => ErrorCategory.InvalidArgument,
        RecoveryErrorId.InvalidDeletionDate => ErrorCategory.InvalidArgument,
        RecoveryErrorId.InsecureEndpoint => ErrorCategory.SecurityError,
        RecoveryErrorId.UntrustedHost => ErrorCategory.SecurityError,
        RecoveryErrorId.UnsupportedApiVersion => ErrorCategory.InvalidArgument,
        _ => ErrorCategory.NotSpecified,
    };
}
