using CogRecover.Core.References;

namespace CogRecover.Core.Errors;

/// <summary>
/// A row of the table of what Azure Resource Manager refuses requests with: what it means to a user, and what to do. A code
/// that isn't in the table is told in the service's own words.
/// </summary>
/// <param name="Id">The id of the failure.</param>
/// <param name="Codes">The error codes that it stands for, <c>*</c> at the beginning for any; none for every code.</param>
/// <param name="Next">The next command to type.</param>
/// <param name="From">The lowest HTTP status that it stands for; 0 for every status.</param>
/// <param name="To">The highest one; 0 for that one alone.</param>
/// <param name="Passes">Whether it passes by itself, so that the request is sent again for a while.</param>
/// <param name="If">For which attempts and errors it stands; null for all.</param>
/// <param name="Says">What to say in place of the service's own words; null where these help.</param>
internal sealed record ArmCode(
    RecoveryErrorId Id, string[] Codes, Func<Attempt, ArmError, string> Next, int From = 0, int To = 0,
    bool Passes = false, Func<Attempt, ArmError, bool>? If = null, Func<Attempt, ArmError, string>? Says = null)
{
    private const string CreateAnew = "Create the account anew. Its keys and deployments can't be brought back.";

    // The first row that fits counts.
    private static readonly ArmCode[] Table =
    [
        new(RecoveryErrorId.AuthenticationFailed, [], From: 401,
            Next: (_, _) => "Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity."),
        new(RecoveryErrorId.ResourceGroupNotFound, ["ResourceGroupNotFound"],
            If: (attempt, _) => attempt.Account is not null,
            Says: (attempt, _) => $"its resource group '{attempt.Account!.ResourceGroupName}' is gone.",
            Next: (attempt, _) => NextCommand.CreateGroup(attempt.Account!)),
        new(RecoveryErrorId.RetentionExpired, [ArmError.NothingToRestore],
            If: (attempt, _) => attempt.ScheduledPurgeDate < DateTime.UtcNow,
            Says: (attempt, _) => $"the 48 hours were over at {UtcDate.Format(attempt.ScheduledPurgeDate!.Value)}, and the "
                + "service has purged it.",
            Next: (_, _) => CreateAnew),
        new(RecoveryErrorId.DeletedAccountNotFound, [ArmError.NothingToRestore],
            If: (attempt, _) => attempt.Account is not null,
            Says: (_, _) => "Azure says that nothing is soft-deleted under its name. It may have been purged, or restored "
                + "already.",
            Next: (attempt, _) => $"Run {NextCommand.GetLive(attempt.Account!)} to see whether it lives."),
        new(RecoveryErrorId.DeletedAccountNotFound, [], From: 404,
            If: (attempt, error) => attempt.LookedUp is not null && error.SaysThatItIsGone,
            Says: (_, _) => "nothing is soft-deleted under that name.",
            Next: (attempt, _) => LookupErrors.NotFound(attempt.LookedUp!).RecommendedAction),
        new(RecoveryErrorId.InvalidResourceId, ["SubscriptionNotFound", "InvalidSubscriptionId"], From: 400, To: 404,
            Next: (_, _) => "Run Get-AzSubscription to see the subscriptions that this sign-in can reach."),
        new(RecoveryErrorId.LockedOrForbiddenByPolicy, ["ScopeLocked"],
            Next: (_, error) => $"Ask the owner of the lock on {error.LockedScopes ?? "the scope that the message names"} to "
                + "remove it. Get-AzResourceLock shows it."),
        new(RecoveryErrorId.LockedOrForbiddenByPolicy, ["RequestDisallowedByPolicy"],
            Next: (_, error) => "Ask the owner of " + (error.Policies.Count == 0
                ? "the policy that the message names"
                : $"policy {string.Join(", ", error.Policies.Select(name => $"'{name}'"))}")
                + " for an exemption (New-AzPolicyExemption), then run the command again."),
        new(RecoveryErrorId.AuthorizationFailed, [], From: 403, Next: (attempt, _) => attempt.MissingRole),
        new(RecoveryErrorId.OperationInProgress,
            ["RequestConflict", "Conflict", "ResourceGroupBeingDeleted", "*InProgress"], From: 409, Passes: true,
            Next: (_, _) => "Wait a few minutes until the operation has settled, then run the command again, with a longer "
                + "-Timeout."),
        new(RecoveryErrorId.UnsupportedApiVersion,
            ["NoRegisteredProviderFound", "InvalidResourceType", "InvalidApiVersionParameter"],
            Next: (_, error) => $"Give -ApiVersion {error.NewestVersion ?? AccountId.DefaultApiVersion}, which the service "
                + "supports."),
        new(RecoveryErrorId.InvalidServiceResponse, [], From: 300, To: 399,
            Says: (_, error) => $"the service answered {error.Status}, a redirect. None is followed: it may lead to another "
                + "host.",
            Next: (_, _) => "Check that no proxy answers in Azure's place, as one that asks for a sign-in does."),
        new(RecoveryErrorId.ServiceUnavailable, [], From: 408, Next: WaitAMinute),
        new(RecoveryErrorId.ServiceUnavailable, [], From: 500, To: int.MaxValue, Next: WaitAMinute),
    ];

    /// <summary>The row for a refusal; null if there is none.</summary>
    public static ArmCode? Find(Attempt attempt, ArmError error) =>
        Array.Find(Table, row => row.Fits(error) && row.If?.Invoke(attempt, error) != false);

    /// <summary>Whether a refusal passes by itself.</summary>
    public static bool IsPassing(ArmError error) => Array.Exists(Table, row => row.Passes && row.Fits(error));

    private bool Fits(ArmError error) =>
        (From == 0 || (error.Status >= From && error.Status <= Math.Max(From, To)))
        && (Codes.Length == 0 || Array.Exists(Codes, code => code[0] == '*'
            ? error.Code?.EndsWith(code.Substring(1), StringComparison.OrdinalIgnoreCase) == true
            : error.Code == code));

    private static string WaitAMinute(Attempt attempt, ArmError error) => $"Wait a minute, then run {attempt.LookAgain}.";
}
