namespace CogRecover.Core.Errors;

/// <summary>A restore was refused because other accounts hold what the account needs.</summary>
internal static class HolderErrors
{
    // As many as are purged by hand.
    private const int MostNamed = 5;

    /// <summary>The refusal with the accounts that hold it; as it is if there are none.</summary>
    /// <param name="account">The account that wasn't restored.</param>
    /// <param name="deleted">Soft-deleted accounts, which a purge makes let go.</param>
    public static RecoveryException HeldBy(
        RecoveryException refusal, DeletedCognitiveAccount account,
        IReadOnlyCollection<DeletedCognitiveAccount> deleted, IReadOnlyCollection<CognitiveAccount> live)
    {
        if (deleted.Count + live.Count == 0) return refusal;
        DeletedCognitiveAccount[] purged = [.. deleted.OrderBy(holder => holder.Name, StringComparer.OrdinalIgnoreCase)
            .Take(MostNamed)];
        CognitiveAccount[] living = [.. live.Take(MostNamed)];
        string names = string.Join("; ",
        [
            .. purged.Select(holder => $"soft-deleted account {AccountReference.Of(holder)} ({holder.Location}"
                + (holder.SubscriptionId.Equals(account.SubscriptionId, StringComparison.OrdinalIgnoreCase)
                    ? ")"
                    : $", subscription {holder.SubscriptionId})")),
            .. living.Select(holder => $"live account {AccountReference.Of(holder)} ({holder.Location})"),
        ]);
        int more = deleted.Count + live.Count - purged.Length - living.Length;
        string[] lines =
        [
            .. purged.Length == 0
                ? []
                : new[]
                {
                    "Restore first the accounts that you want back. Purge only those that nobody needs, then restore "
                    + "again:",
                },
            .. purged.Select(holder => NextCommand.For("Remove-DeletedCognitiveAccount", holder)),
            .. living.Select(holder => refusal.ErrorId == RecoveryErrorId.FreeTierInUse
                ? $"Give the live one another tier: {NextCommand.SetTier(holder)}"
                : $"Look at the live one: {NextCommand.GetLive(AccountReference.Of(holder))}"),
            .. more > 0 || refusal.ErrorId == RecoveryErrorId.QuotaExceeded
                ? new[] { refusal.RecommendedAction }
                : [],
        ];
        return refusal.With(
            $"{refusal.Message} {What(refusal.ErrorId, account)} {names}{(more == 0 ? "" : $"; and {more} more")}.",
            string.Join("\n", lines));
    }

    private static string What(RecoveryErrorId refusal, DeletedCognitiveAccount account) => refusal switch
    {
        RecoveryErrorId.SubdomainInUse => $"Subdomain '{account.CustomSubDomainName}' is held by",
        RecoveryErrorId.FreeTierInUse => $"The free tier of {account.Kind} in this subscription is held by",
        _ => $"Until they are purged, these accounts hold quota in {account.Location}:",
    };
}
