using static CogRecover.RecoveryErrorId;

namespace CogRecover.Core.Errors;

/// <summary>Azure Resource Manager's error codes. Sources: the REST specification; public issues; and
/// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors.</summary>
internal static class ArmCodes
{
    private const string GetSubscription = "Run Get-AzSubscription to see the subscriptions that this sign-in can "
        + "reach, and their tenants: it may have been moved to another one.";
    private const string Enable = "Ask the owner of subscription {subscription} to enable it again{inTime}. "
        + "Get-AzSubscription -SubscriptionId '{subscription}' shows its state. Then run the command again.";
    private const string Register = "{inSubscription}Register-AzResourceProvider -ProviderNamespace '{provider}' "
        + "registers it within minutes. Then run the command again.";
    private const string FreeQuota =
        "Run Get-DeletedCognitiveAccount -SubscriptionId '{subscription}' -Location '{location}' to see which deleted "
        + "accounts hold quota there, or ask for more: https://aka.ms/oai/quotaincrease.";
    private const string Support = "Open a support request{inTime}: in the Azure portal, Help + support.";
    private const string Stack = "a deployment stack or a managed application makes such";
    private const string Exempt = "Ask the owner of {policies} for an exemption: {inSubscription}New-AzPolicyExemption "
        + "-Name 'restore-accounts' -PolicyAssignment (Get-AzPolicyAssignment -Id '{policyAssignment}') "
        + "-Scope '{scopeOfPolicy}' -ExemptionCategory Waiver. Then run the command again.";
    private const string Role = "A role helps that has {action} at {scope}";
    private const string Ask = ", such as '{role}'. Ask an owner of that scope to run: New-AzRoleAssignment -ObjectId "
        + "'{objectId}' -RoleDefinitionName '{role}' -Scope ";
    private const string GiveVersion = "{takesVersion}Give -ApiVersion {version}, which the service supports.";
    private const string LeaveVersion = "{takesVersion}{givenVersion}Run the command again without -ApiVersion.";
    private const string FindVersion = "{takesVersion}Run (Get-AzResourceProvider -ProviderNamespace '{provider}')"
        + ".ResourceTypes to see which versions this cloud supports, and give one from 2021-04-30 on with -ApiVersion.";
    private const string WaitMinute = "Wait a minute, then run {lookAgain}.";
    private const string WaitToSettle =
        "Wait a few minutes until the operation has settled, then run the command again, with a longer -Timeout.";

    /// <summary>The table. The first row that fits a refusal explains it.</summary>
    public static IReadOnlyList<ArmCode> Table { get; } =
    [
        // The sign-in.
        new("401", "InvalidAuthenticationTokenTenant", AuthenticationFailed,
            Next: "Connect-AzAccount -Tenant '{tenant}' -Subscription '{subscription}'", OfSubscription: true),
        new("401", "InvalidAuthenticationTokenTenant", AuthenticationFailed, OfSubscription: true,
            Next: "Run Get-AzSubscription to see which tenant the subscription is in, and Connect-AzAccount with that "
                + "-Tenant."),
        new("401", "*", AuthenticationFailed,
            Next: "Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity."),

        // The subscription.
        new("404", "SubscriptionNotFound", InvalidResourceId, Next: GetSubscription, OfSubscription: true),
        new("400", "InvalidSubscriptionId", InvalidResourceId, Next: GetSubscription, OfSubscription: true),
        new("xxx", "ReadOnlyDisabledSubscription", SubscriptionDisabled, Next: Enable, OfSubscription: true),
        new("xxx", "DisallowedOperation", LockedOrForbiddenByPolicy, Next: "No role helps: it is the kind of the "
            + "subscription. " + Support, MeansNone: true, OfSubscription: true),
        new("xxx", "MissingSubscriptionRegistration", ProviderNotRegistered, Next: Register, MeansNone: true,
            OfSubscription: true),
        new("xxx", "SubscriptionNotRegistered", ProviderNotRegistered, Next: Register, MeansNone: true,
            OfSubscription: true),
        new("404", "InvalidResourceNamespace", ProviderNotRegistered, Next: Register, MeansNone: true,
            OfSubscription: true),
        new("xxx", "InvalidSubscriptionRegistrationState", ProviderNotRegistered, Next: Register, OfSubscription: true),
        new("xxx", "MissingRegistrationForLocation", ProviderNotRegistered, Next: Register),

        // What isn't there.
        new("xxx", "ResourceGroupNotFound", ResourceGroupNotFound, "its resource group '{group}' is gone.",
            "{createGroup}", MeansGone: true),
        new("xxx", "ResourceGroupNotFound", ResourceGroupNotFound, MeansGone: true),
        new("xxx", ArmCode.NothingToRestore, RetentionExpired,
            "the 48 hours were over at {purged}, and the service has purged it.",
            "Create the account again. Its keys and deployments can't be brought back."),
        new("xxx", ArmCode.NothingToRestore, DeletedAccountNotFound, "Azure says that nothing is soft-deleted under "
            + "its name. It may have been purged, or restored already.", "Run {getLive} to see whether it is live."),

        // Locks, policies and rules.
        new("xxx", "ScopeLocked", LockedOrForbiddenByPolicy, Next: "Ask the owner of the lock on {locks} to remove "
            + "it: {inSubscription}Get-AzResourceLock -Scope '{lock}' shows it. Then run the command again."),
        new("xxx", "ScopeLocked", LockedOrForbiddenByPolicy, Next: "Ask the owner of the lock to remove it, then run "
            + "the command again. {inSubscription}Get-AzResourceLock shows the locks."),
        new("xxx", "RequestDisallowedByPolicy", LockedOrForbiddenByPolicy, Next: "{takesTags}Give "
            + "-ResourceGroupTag {tags} with the values that are asked for by {policies}, or ask for an exemption."),
        new("xxx", "RequestDisallowedByPolicy", LockedOrForbiddenByPolicy, Next: "{fixedRequest}" + Exempt),
        new("xxx", "RequestDisallowedByPolicy", LockedOrForbiddenByPolicy, Next: Exempt),
        new("xxx", "RequestDisallowedByPolicy", LockedOrForbiddenByPolicy, Next: "Ask the owner of {policies} for an "
            + "exemption (New-AzPolicyExemption), then run the command again."),
        new("xxx", "RequestDisallowedByAzure", LockedOrForbiddenByPolicy, Next: "No role helps: this is a rule of "
            + "Azure's own for the subscription. " + Support),
        new("xxx", "DenyAssignmentAuthorizationFailed", LockedOrForbiddenByPolicy, Next: "No role helps: a deny "
            + "assignment stands above all roles. Ask the owner of '{denyName}' (" + Stack + ") to take it "
            + "away{inTime}. {inSubscription}Get-AzDenyAssignment -Id '{denyId}' shows it."),
        new("xxx", "DenyAssignmentAuthorizationFailed", LockedOrForbiddenByPolicy, Next: "No role helps: a deny "
            + "assignment stands above all roles. Ask its owner (" + Stack + ") to take it away{inTime}. "
            + "{inSubscription}Get-AzDenyAssignment shows what there is."),
        new("xxx", "SpecialFeatureOrQuotaIdRequired", LockedOrForbiddenByPolicy, Next: "Neither a role nor a purge "
            + "helps: the offer of the subscription doesn't allow it. " + Support),
        new("xxx", "ResourceKindRequireAcceptTerms", LockedOrForbiddenByPolicy, Next: "Accept the terms{inTime}: in "
            + "the Azure portal, begin to create an account of that kind in the subscription, and agree to the "
            + "Responsible AI notice. Then run the command again."),

        // Who holds what is needed.
        new("xxx", "CustomDomainInUse", SubdomainInUse, Next: "Run Get-DeletedCognitiveAccount -SubDomainName "
            + "'{subDomain}' -AllSubscriptions to see whether a deleted account of another subscription holds it."),
        new("xxx", "CustomDomainInUse", SubdomainInUse, Next: "Run Get-DeletedCognitiveAccount -AllSubscriptions to "
            + "see whether a deleted account of another subscription holds it."),
        new("xxx", "InvalidResourceLocation", AccountAlreadyExists,
            Next: "Run {getLive} to see what is live there. If you don't need it, delete it and purge it, then "
                + "restore this one."),
        new("xxx", "CanNotCreateMultipleFreeAccounts", FreeTierInUse,
            Next: "Run Get-DeletedCognitiveAccount -SubscriptionId '{subscription}' and "
                + "{inSubscription}Get-AzCognitiveServicesAccount to see which account of the kind has tier F0. A "
                + "subscription has one, and a deleted one counts."),
        new("xxx", "InsufficientQuota", QuotaExceeded, Next: FreeQuota),
        new("xxx", "CannotDeleteResource", Next: "The resource that the message names is in the way. Run {getLive} "
            + "to see whether it belongs to a live account, before you delete anything."),
        new("xxx", "FlagMustBeSetForRestore", Next: "Azure hasn't taken the request for a restore. Run the command "
            + "again, without -ApiVersion if you gave one."),

        // Roles.
        new("403", "AuthorizationFailed", AuthorizationFailed, OfSubscription: true, Next: "A role at the "
            + "resource group doesn't count{forPurge}: it takes one that has {action} at {roleScope}" + Ask
            + "'{roleScope}'"),
        new("403", "AuthorizationFailed", AuthorizationFailed, OfSubscription: true, Next: "{forPurge}{missingRole}"),
        new("403", "AuthorizationFailed", AuthorizationFailed, Next: Role + ". {recoveryRole}"),
        new("403", "AuthorizationFailed", AuthorizationFailed, Next: Role + Ask + "'{roleScope}'"),
        new("403", "AuthorizationFailed", AuthorizationFailed, Next: Role + ". {missingRole}"),
        new("403", "AuthorizationFailed", AuthorizationFailed, Next: "{missingRole}"),
        new("403", "LinkedAuthorizationFailed", AuthorizationFailed, Next: "No role helps: the account is linked to "
            + "subscription {linkedSubscription}, which is another tenant's. " + Support),
        new("403", "LinkedAuthorizationFailed", AuthorizationFailed, Next: "A role helps that has {action} at "
            + "{linkedScope}" + Ask + "'{linkedScope}'"),
        new("403", "LinkedAuthorizationFailed", AuthorizationFailed, Next: Role + "."),
        new("403", "*", AuthorizationFailed),

        // What passes.
        new("409", "RequestConflict", OperationInProgress, Next: WaitToSettle, Passes: true),
        new("409", "Conflict", OperationInProgress, Next: WaitToSettle, Passes: true),
        new("xxx", "AccountProvisioningStateInvalid", OperationInProgress, Next: WaitToSettle, Passes: true),
        new("409", "ResourceGroupBeingDeleted", ResourceGroupBeingDeleted, Next: "{createGroupOnceDeleted}",
            Passes: true),
        new("409", "ResourceGroupBeingDeleted", ResourceGroupBeingDeleted, Next: WaitToSettle, Passes: true),
        new("409", "*InProgress", OperationInProgress, Next: WaitToSettle, Passes: true),

        // The request and the service.
        new("xxx", "NoRegisteredProviderFound", UnsupportedApiVersion, Next: GiveVersion),
        new("xxx", "NoRegisteredProviderFound", Next: "{ofRegion}The version is supported, and the region isn't. Run "
            + "(Get-AzResourceProvider -ProviderNamespace '{provider}').ResourceTypes to see the regions."),
        new("xxx", "InvalidResourceType", UnsupportedApiVersion, Next: GiveVersion),
        new("xxx", "InvalidResourceType", UnsupportedApiVersion, Next: LeaveVersion),
        new("xxx", "InvalidResourceType", UnsupportedApiVersion, Next: FindVersion),
        new("xxx", "InvalidApiVersionParameter", UnsupportedApiVersion, Next: GiveVersion),
        new("xxx", "InvalidApiVersionParameter", UnsupportedApiVersion, Next: LeaveVersion),
        new("xxx", "InvalidApiVersionParameter", UnsupportedApiVersion, Next: FindVersion),
        new("3xx", "*", InvalidServiceResponse,
            "the service answered {status}, a redirect. None is followed: it may lead to another host.",
            "Check that no proxy answers in Azure's place, as one that asks for a sign-in does."),
        new("429", "*", RequestThrottled, Next: WaitMinute),
        new("408", "*", ServiceUnavailable, Next: WaitMinute),
        new("5xx", "*", ServiceUnavailable, Next: WaitMinute),
        new("xxx", "ResourceNotFound", MeansGone: true),
        new("xxx", "ParentResourceNotFound", MeansGone: true),
        new("xxx", "NotFound", MeansGone: true),
        new("xxx", "*"),
    ];
}
