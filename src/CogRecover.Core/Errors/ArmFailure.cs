using System.Text.Json;
using Azure;
using CogRecover.Core.Http;
using CogRecover.Core.Http.Throttling;
using CogRecover.Core.References;

namespace CogRecover.Core.Errors;

/// <summary>
/// What was attempted, so that a failure of it can be explained: the one place that maps the answers of Azure Resource
/// Manager to error ids, messages and next commands.
/// </summary>
/// <param name="subject">What it was attempted with, as the beginning of a sentence.</param>
/// <param name="undone">What wasn't done, as the rest of it.</param>
/// <param name="lookAgain">The command that shows what it is now.</param>
/// <param name="refused">The id where the service refuses it, and nothing else tells why.</param>
/// <param name="account">The account that something was done to; null for others.</param>
/// <param name="reference">The account that was looked up; null for others.</param>
/// <param name="resume">The command that waits for it; null where none does.</param>
internal sealed class ArmFailure(
    string subject, string undone, string lookAgain, RecoveryErrorId refused, DeletedCognitiveAccount? account = null,
    AccountReference? reference = null, string? resume = null)
{
    /// <summary>What wasn't done, as the beginning of a sentence.</summary>
    public string Attempt { get; } = $"{subject} {undone}";

    public static ArmFailure OfList(string subscriptionId) => new(
        $"The soft-deleted accounts of subscription {subscriptionId}", "couldn't be listed",
        $"Get-DeletedCognitiveAccount -SubscriptionId '{subscriptionId}'",
        RecoveryErrorId.InvalidServiceResponse);

    public static ArmFailure OfSubscriptions() => new(
        "The subscriptions", "couldn't be listed", "Get-AzSubscription", RecoveryErrorId.InvalidServiceResponse);

    public static ArmFailure OfLookup(AccountReference reference) => new(
        $"Account {reference}", "couldn't be looked up",
        LookAgainFor(reference.SubscriptionId, reference.Name),
        RecoveryErrorId.InvalidServiceResponse,
        reference: reference);

    public static ArmFailure OfGroup(DeletedCognitiveAccount account) => new(
        $"Resource group '{account.ResourceGroupName}'", "wasn't created",
        $"Get-AzResourceGroup -Name '{account.ResourceGroupName}'", RecoveryErrorId.RestoreFailed);

    public static ArmFailure OfRestore(DeletedCognitiveAccount account) => new(
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}'", "wasn't restored",
        LookAgain(account), RecoveryErrorId.RestoreFailed, account,
        resume: $"Restore-CognitiveAccount -SubscriptionId '{account.SubscriptionId}' "
            + $"-ResourceGroupName '{RecoveryErrors.Quote(account.ResourceGroupName)}' "
            + $"-Name '{RecoveryErrors.Quote(account.Name)}'");

    public static ArmFailure OfRestore(AccountReference a, DateTime? purge) => OfRestore(new DeletedCognitiveAccount
    {
        Name = a.Name, ResourceGroupName = a.ResourceGroupName!, Location = a.Location!, SubscriptionId = a.SubscriptionId,
        ScheduledPurgeDate = purge, ResourceId = "", AccountId = "",
    });

    public static ArmFailure OfPurge(DeletedCognitiveAccount account) => new(
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}'", "wasn't purged",
        LookAgain(account), RecoveryErrorId.PurgeFailed, account,
        resume: $"Remove-DeletedCognitiveAccount -ResourceId '{RecoveryErrors.Quote(account.ResourceId)}'"
            + (account.DeletionDate is { } date ? $" -DeletionDate '{date:o}'" : ""));

    /// <summary>Explains a failure to find out what a request came to: it isn't known.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="isAccepted">Whether the service had accepted it; if not, that isn't known either.</param>
    public RecoveryException Lost(Exception failure, bool isAccepted)
    {
        RecoveryException explained = Explain(failure, subject + (isAccepted
            ? ": the service accepted the operation, but what it came to isn't known"
            : ": an answer was lost, and whether the service carried the request out isn't known"));
        return explained.With(
            explained.Message,
            $"Run {lookAgain} to see what it came to.",
            explained.ErrorId == refused ? RecoveryErrorId.InvalidServiceResponse : null,
            failure);
    }

    /// <summary>Explains that what the request came to wasn't known in time.</summary>
    /// <param name="timeout">How long it could take.</param>
    /// <param name="isAccepted">Whether the service had accepted it; if not, that isn't known.</param>
    /// <param name="state">The state that was seen last; null if none was.</param>
    public RecoveryException TimedOut(TimeSpan timeout, bool isAccepted, string? state = null) => new(
        RecoveryErrorId.OperationTimedOut,
        $"{Attempt} within {timeout:c}. " + (isAccepted
            ? $"The service has accepted it, and it goes on there{(state is null ? "" : $" (state: {state})")}."
            : "Whether the service has accepted it isn't known: it may go on there."),
        isAccepted && resume is not null
            ? $"Run {resume} again to wait for it, with a longer -Timeout."
            : $"Run {lookAgain} to see what it came to, or run the command again with a longer -Timeout.");

    /// <summary>Explains that the time was over before the request was sent.</summary>
    public RecoveryException NotSent(TimeSpan timeout) => new(
        RecoveryErrorId.OperationTimedOut,
        $"{Attempt} within {timeout:c}, and nothing was sent.",
        "Run the command again, with a longer -Timeout.");

    /// <summary>Explains that the request wasn't sent in time, because the service took no more of its kind.</summary>
    public RecoveryException Throttled(ThrottledException wait, TimeSpan timeout)
    {
        ArmError? refusal = wait.Refusal is null ? null : ArmError.Of(wait.Refusal);
        string reason =
            refusal?.ToString() ?? wait.Notice?.ToString() ?? "Azure Resource Manager takes few requests now.";
        return RecoveryErrors.Throttled(
            refusal, wait.Notice, $"{Attempt} within {timeout:c}, and nothing was done: {reason}", wait.Refusal);
    }

    /// <summary>Explains what a request, or the operation that it started, failed with.</summary>
    public RecoveryException Explain(Exception failure) => Explain(failure, Attempt);

    private RecoveryException Explain(Exception failure, string attempt) => failure switch
    {
        RecoveryException explained => explained.Of(attempt),
        AggregateException { InnerExceptions: [.., RecoveryException explained] } => explained.Of(attempt),
        JsonException => RecoveryErrors.InvalidResponse("it isn't JSON, or not what was asked for", failure).Of(attempt),
        RequestFailedException { Status: > 0 } refusal => Explain(refusal, attempt),
        RequestFailedException or HttpRequestException or IOException or AggregateException or TaskCanceledException =>
            new(RecoveryErrorId.ConnectionFailed,
                $"{attempt}: Azure Resource Manager couldn't be reached, or its answer was lost. "
                + Innermost(failure).Message,
                $"Check the network and the proxy, then run {lookAgain}.",
                failure),

        // The library found something in an answer that it can't make sense of.
        _ => RecoveryErrors.InvalidResponse(failure.Message.TrimEnd('.'), failure).Of(attempt),
    };

    /// <summary>Why a look-up came to nothing, as a sentence.</summary>
    public static string Reason(Exception failure) => failure switch
    {
        RequestFailedException { Status: > 0 } refusal => ArmError.Of(refusal).ToString(),
        _ => Innermost(failure).Message,
    };

    private static string LookAgain(DeletedCognitiveAccount account) =>
        LookAgainFor(account.SubscriptionId, account.Name);

    private static string LookAgainFor(string subscriptionId, string name) =>
        $"Get-DeletedCognitiveAccount -SubscriptionId '{subscriptionId}' -Name '{RecoveryErrors.Quote(name)}'";

    private static Exception Innermost(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Innermost(last),
        { InnerException: { } inner } => Innermost(inner),
        _ => e,
    };

    private RecoveryException Explain(RequestFailedException refusal, string attempt)
    {
        ArmError error = ArmError.Of(refusal);
        (RecoveryErrorId id, string? says, string action) = Classify(refusal.Status, error);
        return error.Fail(id, $"{attempt}: {says ?? error.ToString()}", action, refusal);
    }

    /// <summary>
    /// The id, what to say in place of the service's own words where these don't help, and the next command.
    /// </summary>
    private (RecoveryErrorId Id, string? Says, string Action) Classify(int status, ArmError error) =>
        (status, error.Code) switch
        {
            (401, _) => (RecoveryErrorId.AuthenticationFailed, null,
                "Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity."),

            (_, "ResourceGroupNotFound") when account is not null => (RecoveryErrorId.ResourceGroupNotFound,
                $"its resource group '{account.ResourceGroupName}' is gone.",
                RecoveryErrors.HowToCreateGroup(AccountReference.Of(account))),

            (_, ArmError.NothingToRestore)
                when account is { ScheduledPurgeDate: { } purge } && purge < DateTime.UtcNow => (
                RecoveryErrorId.RetentionExpired,
                $"the 48 hours were over at {UtcDate.Format(purge)}, and the service has purged "
                + "it.",
                "Create the account anew. Its keys and deployments can't be brought back."),

            (_, ArmError.NothingToRestore) when account is not null => (
                RecoveryErrorId.DeletedAccountNotFound,
                "Azure says that nothing is soft-deleted under its name. It may have been purged, or restored already.",
                $"Run Get-AzCognitiveServicesAccount -ResourceGroupName '{account.ResourceGroupName}' "
                + $"-Name '{account.Name}' to see whether it lives."),

            (404, _) when reference is not null && error.SaysThatItIsGone => (
                RecoveryErrorId.DeletedAccountNotFound, "nothing is soft-deleted under that name.",
                RecoveryErrors.NotFound(reference).RecommendedAction),

            (404, "SubscriptionNotFound") or (400, "InvalidSubscriptionId") => (RecoveryErrorId.InvalidResourceId, null,
                "Run Get-AzSubscription to see the subscriptions that this sign-in can reach."),

            (_, "ScopeLocked") => (RecoveryErrorId.LockedOrForbiddenByPolicy, null,
                $"Ask the owner of the lock on {error.LockedScopes ?? "the scope that the message names"} to remove "
                + "it. Get-AzResourceLock shows it."),

            (_, "RequestDisallowedByPolicy") => (RecoveryErrorId.LockedOrForbiddenByPolicy, null,
                $"Ask the owner of {Policies(error)} for an exemption (New-AzPolicyExemption), then run the command "
                + "again."),

            (403, _) => (RecoveryErrorId.AuthorizationFailed, null,
                RoleAdvice.For(refused, account, reference)),

            (409, _) when error.IsConflict => (RecoveryErrorId.OperationInProgress, null,
                "Wait a few minutes until the operation has settled, then run the command again, with a longer "
                + "-Timeout."),

            (_, "NoRegisteredProviderFound" or "InvalidResourceType" or "InvalidApiVersionParameter") => (
                RecoveryErrorId.UnsupportedApiVersion, null,
                $"Give -ApiVersion {error.NewestVersion ?? ArmConnection.DefaultApiVersion}, which the service "
                + "supports."),

            (>= 300 and < 400, _) => (RecoveryErrorId.InvalidServiceResponse,
                $"the service answered {status}, a redirect. None is followed: it may lead to another host.",
                "Check that no proxy answers in Azure's place, as one that asks for a sign-in does."),

            (408 or >= 500, _) => (RecoveryErrorId.ServiceUnavailable, null,
                $"Wait a minute, then run {lookAgain}."),

            _ => (refused, null, $"Run {lookAgain} to see what it is now."),
        };

    private static string Policies(ArmError error) => error.Policies.Count == 0
        ? "the policy that the message names"
        : $"policy {string.Join(", ", error.Policies.Select(name => $"'{name}'"))}";
}
