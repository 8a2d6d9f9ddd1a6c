using System.Text.Json;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Http;

/// <summary>A refusal: what ARM puts into <c>error</c>, and its status.</summary>
internal sealed class ArmException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Seconds for <c>Retry-After</c>.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What the refusal is about.</summary>
    public string? Target { get; init; }

    /// <summary>Further errors; null: the refusal has no such list.</summary>
    public object[]? Details { get; init; }

    /// <summary>What a policy adds; null: the refusal has no such list.</summary>
    public object[]? AdditionalInfo { get; init; }

    /// <summary>Code and message stand in the body itself, not in <c>error</c>: as the Activity Log's specification has
    /// it.</summary>
    public bool IsBare { get; init; }

    /// <summary>What stands in an <c>error</c>.</summary>
    public object Document() => new { Code, Target, Message, Details, AdditionalInfo };

    public static ArmException AuthorizationFailed(string caller, string objectId, string action, string scope) =>
        new(403, "AuthorizationFailed",
            $"The client '{caller}' with object id '{objectId}' does not have authorization to perform action " +
            $"'{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please " +
            "refresh your credentials.");

    public static ArmException ScopeLocked(string id, string operation, IEnumerable<string> scopes) =>
        new(409, "ScopeLocked",
            $"The scope '{id}' cannot perform {operation} operation because following scope(s) are locked: " +
            $"'{string.Join(',', scopes)}'. Please remove the lock and try again.");

    public static ArmException DisallowedByPolicy(string name, string type, IReadOnlyList<DenyPolicy> policies) =>
        new(403, "RequestDisallowedByPolicy",
            $"Resource '{name}' was disallowed by policy. Policy identifiers: '" +
            $"{JsonSerializer.Serialize(policies.Select(one => one.Identifiers()), ArmJson.Options)}'.")
        {
            Target = name,
            AdditionalInfo = [.. policies.Select(one => one.Violation(type))],
        };

    public static ArmException AuthenticationFailed(string reason) =>
        new(401, "AuthenticationFailed", $"Authentication failed. {reason}");

    public static ArmException MissingApiVersion() => new(400, "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.");

    public static ArmException InvalidApiVersion(string version, IEnumerable<string> supported) =>
        new(400, "InvalidApiVersionParameter",
            $"The api-version '{version}' is invalid. The supported versions are '{string.Join(',', supported)}'.");

    public static ArmException NoRegisteredProvider(
        string location, string version, string type, IEnumerable<string> supported) =>
        new(400, "NoRegisteredProviderFound",
            $"No registered resource provider found for location '{location}' and API version '{version}' for type " +
            $"'{type}'. The supported api-versions are '{string.Join(", ", supported)}'. " +
            $"The supported locations are '{string.Join(", ", AzureLocation.Names)}'.");

    public static ArmException InvalidSubscriptionId(string subscription) => new(400, "InvalidSubscriptionId",
        $"The provided subscription identifier '{subscription}' is malformed or invalid.");

    public static ArmException SubscriptionNotFound(string subscription) => new(404, "SubscriptionNotFound",
        $"The subscription '{subscription}' could not be found.");

    public static ArmException ReadOnlyDisabledSubscription(string subscription) =>
        new(409, "ReadOnlyDisabledSubscription",
            $"The subscription '{subscription}' is disabled and therefore marked as read only. You cannot perform any " +
            "write actions on this subscription until it is re-enabled.");

    public static ArmException MissingRegistration(string provider)
    {
        string message = $"The subscription is not registered to use namespace '{provider}'. See " +
            "https://aka.ms/rps-not-found for how to register subscriptions.";
        return new(409, "MissingSubscriptionRegistration", message)
        {
            Details = [new { Code = "MissingSubscriptionRegistration", Target = provider, Message = message }],
        };
    }

    public static ArmException ResourceGroupNotFound(string group) => new(404, "ResourceGroupNotFound",
        $"Resource group '{group}' could not be found.");

    public static ArmException ResourceGroupBeingDeleted(string group) => new(409, "ResourceGroupBeingDeleted",
        $"The resource group '{group}' is in deprovisioning state and cannot perform this operation.");

    public static ArmException AccountNotFound(AccountKey key) => ResourceNotFound(ArmType.Accounts, key);

    public static ArmException ResourceNotFound(ArmType type, AccountKey key) =>
        ResourceNotFound($"{type.FullName}/{key.Name}' under resource group '{key.ResourceGroupName}");

    public static ArmException DeletedAccountNotFound(string location, AccountKey key) => ResourceNotFound(
        $"Microsoft.CognitiveServices/locations/{location}/resourceGroups/{key.ResourceGroupName}" +
        $"/deletedAccounts/{key.Name}");

    /// <summary>What the Activity Log says to a query it doesn't take. Its words aren't documented.</summary>
    public static ArmException InvalidActivityQuery(string reason) => new(400, "BadRequest", reason) { IsBare = true };

    public static ArmException InvalidNamespace(string name) => new(404, "InvalidResourceNamespace",
        $"The resource namespace '{name}' is invalid.");

    public static ArmException InvalidType(string type, string name, string version) => new(404, "InvalidResourceType",
        $"The resource type '{type}' could not be found in the namespace '{name}' for api version '{version}'.");

    public static ArmException MethodNotAllowed(string method) => new(405, "MethodNotAllowed",
        $"The requested resource does not support http method '{method}'.");

    public static ArmException InvalidContent(string reason) => new(400, "InvalidRequestContent",
        $"The request content was invalid and could not be deserialized: '{reason}'.");

    public static ArmException LocationRequired() => new(400, "LocationRequired",
        "The location property is required for this definition.");

    public static ArmException LocationNotAvailable(string location, string type) =>
        new(400, "LocationNotAvailableForResourceType",
            $"The provided location '{location}' is not available for resource type '{type}'. " +
            $"List of available regions for the resource type is '{string.Join(',', AzureLocation.Names)}'.");

    public static ArmException LocationNotAvailableForGroup(string location) =>
        new(400, "LocationNotAvailableForResourceGroup",
            $"The provided location '{location}' is not available for resource group. " +
            $"List of available regions is '{string.Join(',', AzureLocation.Names.Where(AzureLocation.IsRegion))}'.");

    public static ArmException InvalidKind(string? kind) => new(400, "InvalidApiSetId",
        $"The account type '{kind}' is either invalid or unavailable in given region.");

    public static ArmException FlagMustBeSetForRestore(string id) => new(409, "FlagMustBeSetForRestore",
        $"An existing resource with ID '{id}' has been soft-deleted. To restore the resource, you must specify " +
        "'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it " +
        "first.");

    public static ArmException CanNotRestore(string id) => new(404, "CanNotRestoreANonExistingResource",
        $"Could not locate a resource to restore. The resource with ID '{id}' doesn't exist or it is already purged.");

    public static ArmException CustomDomainInUse(string name) => new(409, "CustomDomainInUse",
        $"Please pick a different name. The subdomain name '{name}' is not available as it's already used by a " +
        "resource. If the resource using the name was deleted in the last 48 hours, you may need to purge the " +
        "deleted resource. Learn more at \"https://go.microsoft.com/fwlink/?linkid=2215493\"");

    public static ArmException CanNotCreateMultipleFreeAccounts(string kind) =>
        new(400, "CanNotCreateMultipleFreeAccounts",
            $"Operation failed. Only one free account is allowed for account type '{kind}'.");

    public static ArmException InsufficientQuota(string name) => new(400, "InsufficientQuota",
        $"Insufficient quota. Cannot create/update/move resource '{name}'.");

    public static ArmException CannotDeleteNested(string type, string name, IEnumerable<string> children) =>
        new(409, "CannotDeleteResource",
            "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: " +
            $"'{string.Join(", ", children.Select(child => $"{type}/{name}/{child}"))}'. Please delete all nested " +
            "resources before deleting this resource.");

    public static ArmException ProjectsNotAllowed() => new(400, "BadRequest",
        "Project can only be created under AIServices Kind account with allowProjectManagement set to true.");

    public static ArmException ChildNotFound(ArmType type, AccountKey key, string child) =>
        ResourceNotFound($"{type.FullName}/{key.Name}/{child}' under resource group '{key.ResourceGroupName}");

    public static ArmException RequestConflict(string id) => new(409, "RequestConflict",
        $"Cannot modify resource with id '{id}' because the resource entity provisioning state is not terminal. " +
        "Please wait for the provisioning state to become terminal and then retry the request.");

    public static ArmException Throttled(string category, string subscription, int seconds) =>
        new(429, "SubscriptionRequestsThrottled",
            $"Number of '{category}' requests for subscription '{subscription}' exceeded. Please try again after " +
            $"'{seconds}' seconds after additional tokens are available.")
        { RetryAfter = seconds };

    private static ArmException ResourceNotFound(string resource) => new(404, "ResourceNotFound",
        $"The Resource '{resource}' was not found. For more details please go to " +
        "https://aka.ms/ARMResourceNotFoundFix");
}
