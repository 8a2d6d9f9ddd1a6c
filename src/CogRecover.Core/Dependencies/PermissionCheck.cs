namespace CogRecover.Core.Dependencies;

/// <summary>Whether the caller's own permissions allow what a restore needs: on the resource group, or where that is
/// gone, or going with the role assignments at it, on the subscription.</summary>
internal sealed class PermissionCheck(SharedReads reads)
{
    private const string Name = "Permission";
    private const string WriteGroup = "Microsoft.Resources/subscriptions/resourceGroups/write";

    private static readonly string[] Restore =
        ["Microsoft.CognitiveServices/accounts/read", "Microsoft.CognitiveServices/accounts/write"];

    public async Task<RestoreCheck> RunAsync(AccountReference account, CancellationToken cancellationToken)
    {
        string scope = $"resource group '{account.ResourceGroupName}'";
        string[] needed = Restore;
        Task<bool> isGoing = ResourceGroupDependency.IsGoingAsync(
            AccountId.Live(account), reads, cancellationToken);
        SharedRead<List<JsonElement>> permissions = await reads.ListAsync(
            reads.Addresses.PermissionsOnGroup(account), cancellationToken).ConfigureAwait(false);
        if (permissions.Exists == false || await isGoing.ConfigureAwait(false))
        {
            scope = $"subscription {account.SubscriptionId}";
            needed = [.. Restore, WriteGroup];
            permissions = await reads.ListAsync(
                reads.Addresses.PermissionsOnSubscription(account.SubscriptionId), cancellationToken)
                .ConfigureAwait(false);
        }

        if (permissions is not { Exists: true, Value: { } granted })
            return Check.Unknown(Name, $"Your permissions on {scope} couldn't be read: {permissions.Reason}");
        string[] missing = [.. needed.Where(action => !granted.Exists(entry => Allows(entry, action)))];
        return missing.Length == 0
            ? Check.Passed(Name, $"Your permissions on {scope} allow the restore.")
            : Check.Failed(Name, RecoveryErrorId.AuthorizationFailed,
                $"Your permissions on {scope} don't allow {string.Join(" and ", missing)}.",
                "Ask for the role 'Cognitive Services Contributor' there"
                + (missing.Contains(WriteGroup) ? ", or ask somebody to create the resource group again." : "."));
    }

    /// <summary>Whether one entry allows an action. Each entry is one role's: what it excludes, another may still allow
    /// (https://learn.microsoft.com/azure/role-based-access-control/role-definitions#notactions).</summary>
    public static bool Allows(JsonElement entry, string action) =>
        Matches(entry.Child("actions"), action) && !Matches(entry.Child("notActions"), action);

    /// <summary>Whether an action fits a pattern, in which <c>*</c> stands for any text, slashes included.</summary>
    public static bool IsMatch(string pattern, string action) => Regex.IsMatch(
        action, "^" + Regex.Escape(pattern).Replace(@"\*", ".*") + @"\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static bool Matches(JsonElement patterns, string action) => patterns.Elements().Any(pattern =>
        pattern.AsText() is { } text && IsMatch(text, action));
}
