namespace CogRecover.Core.Dependencies;

/// <summary>Whether another account of the kind holds the subscription's free tier, F0: there is one a kind.</summary>
internal sealed class FreeTierCheck(SharedReads reads, AccountFinder finder)
{
    private const string Name = "FreeTier";

    /// <returns>The result; null where the account's tier isn't free.</returns>
    public async Task<RestoreCheck?> RunAsync(DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        var wanted = AccountHoldings.Of(account);
        if (!wanted.IsFree) return null;
        Task<DeletedAccountList> deleted = finder.ListOnceAsync(account.SubscriptionId, cancellationToken);
        SharedRead<List<JsonElement>> live = await reads.ListAsync(
            reads.Addresses.LiveAccounts(account.SubscriptionId), cancellationToken).ConfigureAwait(false);
        CognitiveAccount? living = (live.Value ?? []).Select(entry => AccountReader.TryReadLive(AccountJson.Of(entry)))
            .OfType<CognitiveAccount>().FirstOrDefault(other => Holds(AccountHoldings.Of(other))
                && !other.ResourceId.Equals(account.AccountId, StringComparison.OrdinalIgnoreCase));
        DeletedCognitiveAccount? second = null;
        string reason = live.Reason;
        try
        {
            var reference = AccountReference.Of(account);
            second = (await deleted.ConfigureAwait(false)).Accounts.FirstOrDefault(
                other => Holds(AccountHoldings.Of(other)) && !reference.Matches(other));
        }
        catch (RecoveryException e)
        {
            reason = reads.Redact(e.Message);
        }

        return living is not null
            ? Check.Failed(Name, RecoveryErrorId.FreeTierInUse,
                $"Live account {AccountReference.Of(living)} ({living.Location}) has the free tier of {account.Kind}, "
                + "and a subscription has one.",
                $"Give it another tier: {NextCommand.SetTier(living)}")
            : second is not null
                ? Check.Warning(Name,
                    $"Soft-deleted account {AccountReference.Of(second)} ({second.Location}) has the free tier of "
                    + $"{account.Kind} too. A subscription has one, and a deleted one counts: the restore may be "
                    + "refused until it is purged.",
                    "Where nobody needs it: " + NextCommand.For("Remove-DeletedCognitiveAccount", second))
                : reason.Length > 0
                    ? Check.Unknown(Name,
                        $"Whether another account has the free tier of {account.Kind} couldn't be found out: {reason}")
                    : Check.Passed(Name, $"No other account has the free tier of {account.Kind}.");

        bool Holds(AccountHoldings other) => other.Blocks(wanted, RecoveryErrorId.FreeTierInUse);
    }
}
