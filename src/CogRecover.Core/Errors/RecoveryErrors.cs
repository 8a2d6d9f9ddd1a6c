using Azure;
using CogRecover.Core.Http.Throttling;
using CogRecover.Core.References;

namespace CogRecover.Core.Errors;

/// <summary>
/// The failures that CogRecover finds by itself: id, message and next command stand together. What Azure Resource
/// Manager answers is explained in <see cref="ArmFailure"/>.
/// </summary>
public static partial class RecoveryErrors
{
    /// <summary>There is no context to work in.</summary>
    /// <param name="reason">What is missing, as a sentence.</param>
    public static RecoveryException NotSignedIn(string reason) => new(
        RecoveryErrorId.NotSignedIn,
        reason,
        "Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity. "
        + "Choose a subscription with Set-AzContext -Subscription.");

    /// <summary>No token could be had.</summary>
    public static RecoveryException NoToken(string reason, Exception? cause = null) => new(
        RecoveryErrorId.AuthenticationFailed,
        $"No access token for Azure Resource Manager could be had: {reason}",
        "Run Connect-AzAccount; in a runbook, Connect-AzAccount -Identity.",
        cause);

    /// <summary>No soft-deleted account answers to the name.</summary>
    /// <param name="reference">The name.</param>
    /// <param name="unreadable">How many accounts couldn't be read where it was looked for.</param>
    public static RecoveryException NotFound(AccountReference reference, int unreadable = 0) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"No soft-deleted account {Describe(reference)} was found in subscription {reference.SubscriptionId}. It may "
        + "have been purged, restored already, or deleted in another subscription, or its name may be another."
        + MayBeAmong(unreadable),
        $"Run Get-DeletedCognitiveAccount -SubscriptionId '{reference.SubscriptionId}' to see what can be restored, "
        + $"and {FindLive(reference)} to see whether it lives.");

    /// <summary>No soft-deleted account answers to the name, and others nearly do.</summary>
    /// <param name="notFound">How Azure said so.</param>
    /// <param name="reference">The name.</param>
    /// <param name="similar">Those that nearly do, the closest first: one at least.</param>
    /// <param name="command">The command, whose line for the closest is the next to type.</param>
    public static RecoveryException NotFound(
        RecoveryException notFound, AccountReference reference, IReadOnlyList<DeletedCognitiveAccount> similar,
        string command) => notFound.With(
        $"No soft-deleted account {Describe(reference)} was found in subscription {reference.SubscriptionId}. "
        + DescribeSimilar(similar),
        $"{IfMeant(similar)} {LineFor(command, similar[0])}");

    /// <summary>Nothing was soft-deleted under what named one account: so it counts as purged.</summary>
    /// <param name="reference">What named it.</param>
    /// <param name="similar">What the user may have meant, the closest first.</param>
    /// <param name="command">The command, whose line for the closest is the next to type.</param>
    /// <returns>A warning.</returns>
    public static string CountsAsPurged(
        AccountReference reference, IReadOnlyList<DeletedCognitiveAccount> similar, string command)
    {
        string said = $"Nothing is soft-deleted as {Describe(reference)} in subscription {reference.SubscriptionId}, so "
            + "it counts as purged already.";
        return similar.Count == 0
            ? said
            : $"{said} {DescribeSimilar(similar)} {IfMeant(similar)} {LineFor(command, similar[0])}";
    }

    /// <summary>An account as a message names it: its name, and its group and location as far as they are known.
    /// </summary>
    public static string Describe(AccountReference reference) =>
        reference.Location is { } location ? $"{reference} ({location})" : reference.ToString();

    /// <summary>A name that a user filters by is nowhere.</summary>
    /// <param name="name">The name, without wildcards.</param>
    /// <param name="subscriptions">The GUIDs of the subscriptions that were listed.</param>
    /// <param name="unreadable">How many accounts couldn't be read in their lists.</param>
    public static RecoveryException NotFound(
        string name, IReadOnlyCollection<string> subscriptions, int unreadable = 0) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"No soft-deleted account '{name}' was found in "
        + (subscriptions.Count > 3
            ? $"{subscriptions.Count} subscriptions"
            : $"subscription {string.Join(", ", subscriptions)}")
        + $". It may have been purged, restored already, or deleted in another subscription.{MayBeAmong(unreadable)}",
        $"Run Get-DeletedCognitiveAccount to see what can be restored, or look in another subscription: "
        + $"Get-DeletedCognitiveAccount -Name '{Quote(name)}' -SubscriptionId <id>");

    /// <summary>An account has the name that a user filters by, but the other filters leave it out.</summary>
    /// <param name="name">The name, without wildcards.</param>
    public static RecoveryException FilteredOut(string name) => new(
        RecoveryErrorId.DeletedAccountNotFound,
        $"Account '{name}' is soft-deleted, but the name, resource group, location, kind, time or date that you ask for "
        + "is another.",
        $"Get-DeletedCognitiveAccount -Name '{Quote(name)}'");

    /// <summary>An account's resource group couldn't be created, so that the restore wasn't sent.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cause">Why the group wasn't created.</param>
    public static RecoveryException GroupNotCreated(DeletedCognitiveAccount account, RecoveryException cause) =>
        cause.Of($"Account '{account.Name}' wasn't restored");

    /// <summary>The tenant shows no subscription whose accounts could be listed.</summary>
    public static RecoveryException NoSubscriptions() => new(
        RecoveryErrorId.AuthorizationFailed,
        "This sign-in shows no subscription that is enabled.",
        "Run Get-AzSubscription to see what it shows, or Connect-AzAccount -Tenant to sign in to another tenant.");

    /// <summary>A command on accounts was given none.</summary>
    public static RecoveryException NothingNamed() => new(
        RecoveryErrorId.InvalidResourceId,
        "No account is named.",
        "Give -Name or -ResourceId, or pipe accounts: Get-DeletedCognitiveAccount alone shows them.");

    /// <summary>A parameter was given, and its value is blank.</summary>
    /// <param name="parameter">The parameter's name.</param>
    public static RecoveryException BlankParameter(string parameter) => new(
        RecoveryErrorId.InvalidResourceId,
        $"-{parameter} is blank, and nothing was done.",
        $"Give -{parameter} a value, or leave it out. A variable that isn't set, or is misspelled, is blank.");

    /// <summary>The look-up before an operation took too long, so that nothing was sent.</summary>
    /// <param name="account">What the user named the account by.</param>
    /// <param name="timeout">How long it could take.</param>
    /// <param name="notice">What it waited for, where the service throttles; null for nothing.</param>
    public static RecoveryException LookupTimedOut(string account, TimeSpan timeout, ThrottleNotice? notice)
    {
        string message = $"Account '{account}' couldn't be looked up within {timeout:c}, and nothing was sent";
        return notice is null
            ? new(RecoveryErrorId.OperationTimedOut, $"{message}.",
                "Run the command again, with a longer -Timeout if Azure is slow or throttles.")
            : Throttled(error: null, notice, $"{message}: {notice}.", cause: null);
    }

    /// <summary>Something that a restore needs is missing, so that nothing was sent.</summary>
    /// <param name="account">The account.</param>
    /// <param name="failed">The checks that failed: one at least. The first gives the id.</param>
    public static RecoveryException PrerequisitesFailed(
        DeletedCognitiveAccount account, IReadOnlyList<RestoreCheck> failed) => new(
        failed[0].ErrorId ?? RecoveryErrorId.RestoreFailed,
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}' can't be restored, and nothing was "
        + $"sent. {string.Join(" ", failed.Select(check => check.Message))}",
        string.Join(" ", failed.Select(check => check.RecommendedAction)));

    internal static RecoveryException Ambiguous(
        AccountReference reference, IReadOnlyCollection<DeletedCognitiveAccount> matches)
    {
        DeletedCognitiveAccount first = matches.First();
        return new(
            RecoveryErrorId.AmbiguousAccount,
            $"{matches.Count} soft-deleted accounts are named '{reference.Name}': "
            + string.Join("; ", matches.Select(match => $"in resource group '{match.ResourceGroupName}', "
                + $"location '{match.Location}'")) + ".",
            $"Say which one you mean: -Name '{Quote(first.Name)}' "
            + $"-ResourceGroupName '{Quote(first.ResourceGroupName)}' -Location '{first.Location}', for example, or "
            + $"-ResourceId '{Quote(first.ResourceId)}'.");
    }

    internal static RecoveryException InvalidResourceId(
        string resourceId, string reason, Exception? cause = null) => new(
        RecoveryErrorId.InvalidResourceId,
        $"'{resourceId}' doesn't name a Cognitive Services account: {reason}.",
        "Give the ResourceId that Get-DeletedCognitiveAccount shows, or the account's own: "
        + "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.CognitiveServices/accounts/{name}.",
        cause);

    internal static RecoveryException InvalidName(string what, string name) => new(
        RecoveryErrorId.InvalidResourceId,
        $"'{name}' can't be the name of an Azure {what}.",
        "Run Get-DeletedCognitiveAccount to see the names. It takes wildcards, as in Get-DeletedCognitiveAccount "
        + "-Name 'contoso*', and what it finds can be piped on.");

    internal static RecoveryException InvalidSubscription(string subscriptionId, string? account = null) => new(
        RecoveryErrorId.InvalidResourceId,
        $"{(account is null ? "" : $"Account '{account}': ")}'{subscriptionId}' isn't a subscription id. It must be a "
        + "GUID.",
        "Run Get-AzSubscription to see the ids.");

    internal static RecoveryException InvalidResponse(string reason, Exception? cause = null) => new(
        RecoveryErrorId.InvalidServiceResponse,
        $"Azure Resource Manager's answer can't be read: {reason}.",
        "Run the command again. If it stays so, check what the account is now with Get-DeletedCognitiveAccount and "
        + "Get-AzCognitiveServicesAccount, and whether a proxy answers in Azure's place.",
        cause);

    internal static RecoveryException Throttled(ThrottleNotice notice, RequestFailedException? refusal)
    {
        ArmError? error = refusal is null ? null : ArmError.Of(refusal);
        return Throttled(error, notice, $"{notice}.{(error is null ? "" : $" {error}")}", refusal);
    }

    /// <param name="error">What the service said when it refused a request last; null if it refused none.</param>
    /// <param name="notice">What is waited for; null for its turn among few requests.</param>
    /// <param name="message">What wasn't done.</param>
    /// <param name="cause">The cause.</param>
    internal static RecoveryException Throttled(
        ArmError? error, ThrottleNotice? notice, string message, Exception? cause)
    {
        string action = notice is null
            ? "Run the command again later, or with a longer -Timeout."
            : $"Run the command again after {notice.UntilText}, or with a longer -Timeout.";
        return error?.Fail(RecoveryErrorId.RequestThrottled, message, action, cause)
            ?? new(RecoveryErrorId.RequestThrottled, message, action, cause) { Status = 429 };
    }

    internal static RecoveryException InsecureEndpoint(Uri endpoint) => new(
        RecoveryErrorId.InsecureEndpoint,
        $"The Resource Manager endpoint '{endpoint}' isn't https. A token is sent over http to this machine alone.",
        "Run Get-AzEnvironment to see the endpoints, and Connect-AzAccount -Environment with one that has https.");

    internal static RecoveryException UntrustedHost(string address, Uri endpoint) => new(
        RecoveryErrorId.UntrustedHost,
        $"An answer leads to '{address}', which isn't the Resource Manager of this "
        + $"context ({endpoint.Authority}). Nothing was sent there.",
        "Check that no proxy rewrites the answers of Azure Resource Manager, then look what the account is now with "
        + "Get-DeletedCognitiveAccount.");

    internal static RecoveryException ClaimsChallenge(string claims, string? tenantId, ArmError error) => error.Fail(
        RecoveryErrorId.ClaimsChallenge,
        "Azure asks for a stronger sign-in (conditional access or multi-factor authentication) before it allows this.",
        $"Connect-AzAccount {(tenantId is null ? "" : $"-Tenant \"{tenantId}\" ")}-ClaimsChallenge \"{claims}\"");

    /// <summary>How to bring the resource group of an account back.</summary>
    internal static string HowToCreateGroup(AccountReference account)
    {
        string create = $"New-AzResourceGroup -Name '{Quote(account.ResourceGroupName!)}' -Location ";
        return account.Location == Region.Global
            ? $"The account is in no region, so that only you know where the group was: {create}<region>"
            : $"Add -CreateResourceGroup to Restore-CognitiveAccount, or create it with {create}'{account.Location}'.";
    }

    internal static string Quote(string name) => name.Replace("'", "''");

    private static string IfMeant(IReadOnlyList<DeletedCognitiveAccount> similar) =>
        $"If you mean {(similar.Count == 1 ? "that one" : "the first")}:";

    private static string DescribeSimilar(IReadOnlyList<DeletedCognitiveAccount> similar) =>
        $"{(similar.Count == 1 ? "This one is" : "These are")} soft-deleted: "
        + string.Join("; ", similar.Select(account =>
            $"'{account.Name}' in resource group '{account.ResourceGroupName}', location '{account.Location}'")) + ".";

    private static string LineFor(string command, DeletedCognitiveAccount account) =>
        $"{command} -Name '{Quote(account.Name)}' -ResourceGroupName '{Quote(account.ResourceGroupName)}' "
        + $"-Location '{account.Location}' -SubscriptionId '{account.SubscriptionId}'";

    private static string MayBeAmong(int unreadable) => unreadable switch
    {
        0 => "",
        1 => " Or it is the account in the list that can't be read.",
        _ => $" Or it is one of {unreadable} accounts in the list that can't be read.",
    };

    private static string FindLive(AccountReference reference) =>
        reference.ResourceGroupName is { } group
            ? $"Get-AzCognitiveServicesAccount -ResourceGroupName '{Quote(group)}' -Name '{Quote(reference.Name)}'"
            : "Get-AzCognitiveServicesAccount";
}
