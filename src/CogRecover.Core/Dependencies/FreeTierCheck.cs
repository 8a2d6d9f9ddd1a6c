namespace CogRecover.Core.Dependencies;

/// <summary>Whether another account of the kind holds the subscription's free tier, F0. There is one for each kind.
/// </summary>
/// <param name="patience">How long the look may take.</param>
internal sealed class FreeTierCheck(SharedReads reads, AccountFinder finder, TimeSpan patience)
{
    private const string Name = "FreeTier";

    /// <returns>The result; null where the account's tier isn't free.</returns>
    public async Task<RestoreCheck?> RunAsync(DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        var wanted = AccountHoldings.Of(account);
        if (!wanted.IsFree) return null;
        Task<(DeletedCognitiveAccount?, string)> deleted = FindDeletedAsync(account, wanted, cancellationToken);
        SharedRead<List<JsonElement>> live = await reads.ListAsync(
            reads.Addresses.LiveAccounts(account.SubscriptionId), cancellationToken).ConfigureAwait(false);
        (DeletedCognitiveAccount? second, string reason) = await deleted.ConfigureAwait(false);
        CognitiveAccount? living = (live.Value ?? []).Select(entry => AccountReader.TryReadLive(AccountJson.Of(entry)))
            .OfType<CognitiveAccount>().FirstOrDefault(other => Holds(AccountHoldings.Of(other), wanted)
                && !other.ResourceId.Equals(account.AccountId, StringComparison.OrdinalIgnoreCase));
        if (living is not null)
            return Check.Failed(Name, RecoveryErrorId.FreeTierInUse,
                $"Live account {AccountReference.Of(living)} ({living.Location}) has the free tier of {account.Kind}, "
                + "and a subscription can have only one.",
                $"Give it another tier: {NextCommand.SetTier(living)}");
        if (second is not null)
            return Check.Warning(Name,
                $"Soft-deleted account {AccountReference.Of(second)} ({second.Location}) has the free tier of "
                + $"{account.Kind} too. A subscription can have only one, and a deleted one counts: the restore may be "
                + "refused until it is purged.",
                "If nobody needs it: " + NextCommand.For("Remove-DeletedCognitiveAccount", second));
        reason = live.Reason + reason;
        return reason.Length > 0
            ? Check.Unknown(Name,
                $"It isn't known whether another account has the free tier of {account.Kind}: {reason}")
            : Check.Passed(Name, $"No other account has the free tier of {account.Kind}.");
    }

    /// <summary>Another deleted account that has the tier, and why the search may have missed one.</summary>
    private async Task<(DeletedCognitiveAccount? Other, string Reason)> FindDeletedAsync(
        DeletedCognitiveAccount account, AccountHoldings wanted, CancellationToken cancellationToken)
    {
        var reference = AccountReference.Of(account);
        try
        {
            DeletedAccountList list = await new TimeLimit(patience).RunAsync(
                limit => finder.ListOnceAsync(account.SubscriptionId, limit),
                _ => new TimeoutException($"There was no answer within {patience.TotalSeconds:0} s."),
                cancellationToken).ConfigureAwait(false);
            return (list.Accounts.FirstOrDefault(
                other => Holds(AccountHoldings.Of(other), wanted) && !reference.Matches(other)), "");
        }
        catch (Exception e) when (e is RecoveryException or TimeoutException)
        {
            return (null, reads.Redact(e.Message));
        }
    }

    private static bool Holds(AccountHoldings other, AccountHoldings wanted) =>
        other.Blocks(wanted, RecoveryErrorId.FreeTierInUse);
}
