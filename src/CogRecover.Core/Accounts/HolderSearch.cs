namespace CogRecover.Core.Accounts;

/// <summary>Finds the accounts that hold what a restore was refused for: its subdomain, the free tier of its kind, or
/// quota. Thread-safe.</summary>
/// <param name="patience">How long a search may take.</param>
internal sealed class HolderSearch(AccountStore store, AccountFinder finder, TimeSpan patience)
{
    /// <summary>Adds those accounts to a refusal, with the lines that purge them. A refusal for another reason stays as
    /// it is, and so does one for which none is found.</summary>
    /// <param name="isWanted">Whether a soft-deleted account is to be restored too, and not purged; null for none.
    /// </param>
    public async Task<RecoveryException> AddHoldersAsync(
        RecoveryException refusal, DeletedCognitiveAccount account, Func<DeletedCognitiveAccount, bool>? isWanted,
        CancellationToken cancellationToken)
    {
        if (refusal.ErrorId is not (RecoveryErrorId.SubdomainInUse or RecoveryErrorId.FreeTierInUse
            or RecoveryErrorId.QuotaExceeded)) return refusal;
        AccountHoldings wanted = AccountHoldings.Of(account);
        AccountReference reference = AccountReference.Of(account);
        Task<DeletedCognitiveAccount[]> deleted = FindAsync(async limit =>
            (await ListDeletedAsync(account.SubscriptionId, limit).ConfigureAwait(false))
            .Where(other => AccountHoldings.Of(other).Blocks(wanted, refusal.ErrorId) && !reference.Matches(other)
                && isWanted?.Invoke(other) != true));

        // Only its deployments tell how much quota a live account uses.
        Task<CognitiveAccount[]> live = refusal.ErrorId == RecoveryErrorId.QuotaExceeded
            ? Task.FromResult<CognitiveAccount[]>([])
            : FindAsync(async limit =>
                (await store.ListLiveAsync(account.SubscriptionId, limit).ConfigureAwait(false))
                .Where(other => AccountHoldings.Of(other).Blocks(wanted, refusal.ErrorId)
                    && !other.ResourceId.Equals(account.AccountId, StringComparison.OrdinalIgnoreCase)));
        DeletedCognitiveAccount[] holders = await deleted.ConfigureAwait(false);
        CognitiveAccount[] living = await live.ConfigureAwait(false);
        if (refusal.ErrorId == RecoveryErrorId.SubdomainInUse && holders.Length + living.Length == 0)
            holders = await FindAsync<DeletedCognitiveAccount>(async limit =>
                (await FindElsewhereAsync(account, limit).ConfigureAwait(false))
                .Where(other => isWanted?.Invoke(other) != true)).ConfigureAwait(false);
        return HolderErrors.HeldBy(refusal, account, holders, living);

        async Task<T[]> FindAsync<T>(Func<CancellationToken, Task<IEnumerable<T>>> find)
        {
            try
            {
                return [.. await new TimeLimit(patience).RunAsync(find, e => e, cancellationToken)
                    .ConfigureAwait(false)];
            }
            catch (Exception)
            {
                // The user needs the reason for the refusal, even if the search fails.
                return [];
            }
        }
    }

    /// <summary>Finds who holds an account's subdomain, which is world-wide, in the other subscriptions of the sign-in.
    /// </summary>
    private async Task<IEnumerable<DeletedCognitiveAccount>> FindElsewhereAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        AccountHoldings wanted = AccountHoldings.Of(account);
        List<string> others = [];
        await foreach (string id in store.ListSubscriptionsAsync(cancellationToken).ConfigureAwait(false))
            if (!id.Equals(account.SubscriptionId, StringComparison.OrdinalIgnoreCase)) others.Add(id);
        return (await others.SelectAsync(FindInAsync, cancellationToken).ConfigureAwait(false))
            .SelectMany(found => found);

        async Task<List<DeletedCognitiveAccount>> FindInAsync(string subscriptionId)
        {
            List<DeletedCognitiveAccount> found = [];
            try
            {
                await foreach (IReadOnlyList<DeletedCognitiveAccount> page in store.ListAsync(
                    subscriptionId, _ => { }, cancellationToken).ConfigureAwait(false))
                    found.AddRange(page.Where(other =>
                        AccountHoldings.Of(other).Blocks(wanted, RecoveryErrorId.SubdomainInUse)));
            }
            catch (RecoveryException)
            {
                // The holder may be in a subscription that this sign-in can't read.
            }

            return found;
        }
    }

    // An older list may have what has been restored since, such as by the same command.
    private async Task<IEnumerable<DeletedCognitiveAccount>> ListDeletedAsync(
        string subscriptionId, CancellationToken cancellationToken)
    {
        DateTime refusedAt = DateTime.UtcNow;
        DeletedAccountList list = await finder.ListOnceAsync(
            subscriptionId, cancellationToken, read => read.ReadAt < refusedAt).ConfigureAwait(false);
        return list.Accounts;
    }
}
