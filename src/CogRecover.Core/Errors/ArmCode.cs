using static CogRecover.RecoveryErrorId;

namespace CogRecover.Core.Errors;

/// <summary>A row of the table of Azure Resource Manager's error codes. The first row that fits a refusal explains it.
/// Its texts may have {words}, for which <see cref="ArmError.Word"/> and <see cref="Attempt.Word"/> stand in: it fits
/// only an attempt that knows them all.</summary>
/// <param name="Status">The HTTP status; <c>x</c> stands for any digit.</param>
/// <param name="Code">The error code; <c>*</c> at its beginning stands for anything.</param>
/// <param name="Id">The id of the failure; null for the one of the attempt.</param>
/// <param name="Says">The message in place of the service's own; null where that helps.</param>
/// <param name="Next">What to do next; null for a look at the current state.</param>
/// <param name="Passes">True if it passes by itself, so that the request is sent again for a while.</param>
/// <param name="MeansGone">True if it says that the resource isn't there.</param>
internal sealed record ArmCode(
    string Status, string Code, RecoveryErrorId? Id = null, string? Says = null, string? Next = null,
    bool Passes = false, bool MeansGone = false)
{
    /// <summary>The code where a subscription isn't registered for a provider: it can have none of its resources.
    /// </summary>
    public const string NotRegistered = "MissingSubscriptionRegistration";

    /// <summary>The code of a restore where nothing is soft-deleted.</summary>
    public const string NothingToRestore = "CanNotRestoreANonExistingResource";

    private const string GetSubscription =
        "Run Get-AzSubscription to see the subscriptions that this sign-in can reach.";
    private const string FreeQuota =
        "Run Get-DeletedCognitiveAccount -SubscriptionId '{subscription}' -Location '{location}' to see which deleted "
        + "accounts hold quota there, or ask for more: https://aka.ms/oai/quotaincrease.";
    private const string GiveVersion = "Give -ApiVersion {version}, which the service supports.";
    private const string WaitMinute = "Wait a minute, then run {lookAgain}.";
    private const string WaitToSettle =
        "Wait a few minutes until the operation has settled, then run the command again, with a longer -Timeout.";

    private static readonly Regex Word = new(@"\{(\w+)\}");

    /// <summary>The table.</summary>
    public static IReadOnlyList<ArmCode> Table { get; } =
    [
        new("401", "*", AuthenticationFailed,
            Next: "Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity."),
        new("xxx", "ResourceGroupNotFound", ResourceGroupNotFound, "its resource group '{group}' is gone.",
            "{createGroup}", MeansGone: true),
        new("xxx", "ResourceGroupNotFound", ResourceGroupNotFound, MeansGone: true),
        new("xxx", NothingToRestore, RetentionExpired,
            "the 48 hours were over at {purged}, and the service has purged it.",
            "Create the account anew. Its keys and deployments can't be brought back."),
        new("xxx", NothingToRestore, DeletedAccountNotFound, "Azure says that nothing is soft-deleted under its name. "
            + "It may have been purged, or restored already.", "Run {getLive} to see whether it lives."),
        new("404", "SubscriptionNotFound", InvalidResourceId, Next: GetSubscription),
        new("400", "InvalidSubscriptionId", InvalidResourceId, Next: GetSubscription),
        new("xxx", "ScopeLocked", LockedOrForbiddenByPolicy,
            Next: "Ask the owner of the lock on {locks} to remove it. Get-AzResourceLock shows it."),
        new("xxx", "RequestDisallowedByPolicy", LockedOrForbiddenByPolicy, Next: "Ask the owner of {policies} for an "
            + "exemption (New-AzPolicyExemption), then run the command again."),
        new("xxx", "CustomDomainInUse", SubdomainInUse,
            Next: "Run {findSubDomain} to see whether a deleted account of another subscription holds it."),
        new("xxx", "CanNotCreateMultipleFreeAccounts", FreeTierInUse,
            Next: "Run Get-DeletedCognitiveAccount -SubscriptionId '{subscription}' and Get-AzCognitiveServicesAccount "
                + "to see which account of the kind has tier F0. A subscription has one, and a deleted one counts."),
        new("xxx", "InsufficientQuota", QuotaExceeded, Next: FreeQuota),
        new("xxx", "SpecialFeatureOrQuotaIdRequired", QuotaExceeded, Next: FreeQuota),
        new("403", "*", AuthorizationFailed, Next: "{missingRole}"),
        new("409", "RequestConflict", OperationInProgress, Next: WaitToSettle, Passes: true),
        new("409", "Conflict", OperationInProgress, Next: WaitToSettle, Passes: true),
        new("409", "ResourceGroupBeingDeleted", ResourceGroupBeingDeleted, Next: "{createGroupOnceDeleted}",
            Passes: true),
        new("409", "ResourceGroupBeingDeleted", ResourceGroupBeingDeleted, Next: WaitToSettle, Passes: true),
        new("409", "*InProgress", OperationInProgress, Next: WaitToSettle, Passes: true),
        new("xxx", "NoRegisteredProviderFound", UnsupportedApiVersion, Next: GiveVersion),
        new("xxx", "InvalidResourceType", UnsupportedApiVersion, Next: GiveVersion),
        new("xxx", "InvalidApiVersionParameter", UnsupportedApiVersion, Next: GiveVersion),
        new("3xx", "*", InvalidServiceResponse,
            "the service answered {status}, a redirect. None is followed: it may lead to another host.",
            "Check that no proxy answers in Azure's place, as one that asks for a sign-in does."),
        new("408", "*", ServiceUnavailable, Next: WaitMinute),
        new("5xx", "*", ServiceUnavailable, Next: WaitMinute),
        new("xxx", "ResourceNotFound", MeansGone: true),
        new("xxx", "ParentResourceNotFound", MeansGone: true),
        new("xxx", "NotFound", MeansGone: true),
        new("xxx", "*"),
    ];

    /// <summary>The failure of an attempt that was refused.</summary>
    public static RecoveryException Explain(Attempt attempt, string attempted, ArmError error, Exception cause)
    {
        ArmCode row = (error is { Status: 404, SaysThatItIsGone: true } ? attempt.Gone : null)
            ?? Table.First(code => code.Fits(error) && Word.Matches(code.Says + code.Next).Cast<Match>()
                .All(match => Find(match) is not null));
        return error.Fail(
            row.Id ?? attempt.Refused, $"{attempted}: {Fill(row.Says) ?? error.ToString()}",
            Fill(row.Next) ?? $"Run {attempt.LookAgain} to see what it is now.", cause);

        string? Find(Match match) =>
            error.Word(match.Groups[1].Value) ?? attempt.Word(match.Groups[1].Value);

        string? Fill(string? text) => text is null ? null : Word.Replace(text, match => Find(match)!);
    }

    /// <summary>The id of the failure that an error is, whatever was attempted; null if that says it.</summary>
    public static RecoveryErrorId? IdOf(ArmError error) => Table.First(code => code.Fits(error)).Id;

    /// <summary>Whether the row stands for an error.</summary>
    public bool Fits(ArmError error) =>
        Status.Zip($"{error.Status}", (wanted, found) => wanted == 'x' || wanted == found).All(isSame => isSame)
        && (Code[0] == '*'
            ? (error.Code ?? "").EndsWith(Code.Substring(1), StringComparison.OrdinalIgnoreCase)
            : Code.Equals(error.Code, StringComparison.OrdinalIgnoreCase));
}
