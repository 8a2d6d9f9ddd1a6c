namespace CogRecover;

/// <summary>What went wrong. The names are public: they are the first part of an error record's
/// <c>FullyQualifiedErrorId</c>, and scripts compare them.</summary>
public enum RecoveryErrorId
{
    /// <summary>There is no Azure context, or it has no account or subscription.</summary>
    NotSignedIn,
    /// <summary>Azure Resource Manager didn't accept the token, or none could be had.</summary>
    AuthenticationFailed,
    /// <summary>Conditional access asks for a stronger sign-in.</summary>
    ClaimsChallenge,
    /// <summary>Azure forbids the request, mostly as the caller's roles don't allow it. The message says so
    /// then.</summary>
    AuthorizationFailed,
    /// <summary>The subscription is disabled, and read-only until it is enabled again.</summary>
    SubscriptionDisabled,
    /// <summary>The subscription isn't registered for the resource provider.</summary>
    ProviderNotRegistered,
    /// <summary>There is no soft-deleted account of that name.</summary>
    DeletedAccountNotFound,
    /// <summary>More than one soft-deleted account has that name.</summary>
    AmbiguousAccount,
    /// <summary>A live account has that name already.</summary>
    AccountAlreadyExists,
    /// <summary>The 48 hours are over: the service has purged the account, or is about to.</summary>
    RetentionExpired,
    /// <summary>The resource group is gone.</summary>
    ResourceGroupNotFound,
    /// <summary>The resource group is being deleted.</summary>
    ResourceGroupBeingDeleted,
    /// <summary>The key vault with the customer-managed key is itself soft-deleted.</summary>
    KeyVaultDeleted,
    /// <summary>The key vault with the customer-managed key was found neither live nor soft-deleted.</summary>
    KeyVaultMissing,
    /// <summary>A storage account that the account's owner brought is gone.</summary>
    StorageAccountMissing,
    /// <summary>A subnet of the account's network rules or of its agents is gone.</summary>
    SubnetMissing,
    /// <summary>A user-assigned identity of the account is gone.</summary>
    IdentityMissing,
    /// <summary>Another account holds the subdomain.</summary>
    SubdomainInUse,
    /// <summary>Another account holds the free tier of the kind: a subscription has one.</summary>
    FreeTierInUse,
    /// <summary>The subscription has no quota left in the region.</summary>
    QuotaExceeded,
    /// <summary>Another operation on the account hasn't ended.</summary>
    OperationInProgress,
    /// <summary>A lock, an Azure Policy, a deny assignment or a rule of Azure's own forbids the request.</summary>
    LockedOrForbiddenByPolicy,
    /// <summary>Azure Resource Manager throttles, and kept doing so.</summary>
    RequestThrottled,
    /// <summary>The service answered with a server error, and kept doing so.</summary>
    ServiceUnavailable,
    /// <summary>The service couldn't be reached, or the connection broke.</summary>
    ConnectionFailed,
    /// <summary>The time was over. The message says whether an operation goes on at the service.</summary>
    OperationTimedOut,
    /// <summary>The service refused or failed a restore.</summary>
    RestoreFailed,
    /// <summary>The service refused or failed a purge.</summary>
    PurgeFailed,
    /// <summary>The answer isn't what the service promises.</summary>
    InvalidServiceResponse,
    /// <summary>A resource id, name or subscription isn't well-formed, or is one of another resource type.</summary>
    InvalidResourceId,
    /// <summary>A location isn't one.</summary>
    InvalidLocation,
    /// <summary>A tag can't be one, or there is nothing that would get it.</summary>
    InvalidTag,
    /// <summary>A wildcard pattern is malformed.</summary>
    InvalidWildcardPattern,
    /// <summary>The date of a deletion that came with an account can't be read.</summary>
    InvalidDeletionDate,
    /// <summary>The Resource Manager endpoint isn't https (http is for loopback only).</summary>
    InsecureEndpoint,
    /// <summary>An answer led to a host that isn't the context's Resource Manager.</summary>
    UntrustedHost,
    /// <summary>The service doesn't know the api-version.</summary>
    UnsupportedApiVersion,
    /// <summary>A question has to be asked, and nobody is there to answer it.</summary>
    ConfirmationNotPossible,
    /// <summary>A job has ended with an error that is none of its accounts'.</summary>
    JobFailed,
}
