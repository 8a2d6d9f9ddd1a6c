using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CogRecover.Core.Arm.Lists;

namespace CogRecover.Core.Arm;

/// <summary>Reads accounts: lists of the soft-deleted ones, one of them, or a live one.</summary>
internal sealed class AccountDirectory(ArmRequests arm, ArmAddresses addresses, CancellationToken stop)
{
    private readonly ArmLists pages = new(arm, addresses);
    private readonly ConcurrentDictionary<string, Lazy<Task<List<DeletedCognitiveAccount>>>> lists =
        new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc cref="AccountRecovery.ListDeletedAsync"/>
    public async IAsyncEnumerable<DeletedCognitiveAccount> ListAsync(
        string subscriptionId, Action<RecoveryException> unreadable,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AccountReference.RequireSubscription(subscriptionId);
        ArmFailure failure = ArmFailure.OfList(subscriptionId);
        await foreach (JsonElement account in ReadListAsync(
            addresses.DeletedAccounts(subscriptionId), AccountReader.DeletedShape, failure, cancellationToken).ConfigureAwait(false))
        {
            if (AccountReader.TryReadDeleted(account, unreadable) is { } read) yield return read;
        }
    }

    /// <inheritdoc cref="AccountRecovery.ListSubscriptionsAsync"/>
    public async IAsyncEnumerable<string> ListSubscriptionsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var listed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (JsonElement subscription in ReadListAsync(
            addresses.Subscriptions(), JsonShape.Whole, ArmFailure.OfSubscriptions(), cancellationToken).ConfigureAwait(false))
        {
            if (subscription.Text("state") is "Enabled" or "Warned" or "PastDue"
                && subscription.Text("subscriptionId") is { } id && listed.Add(id))
                yield return id;
        }
    }

    /// <inheritdoc cref="AccountRecovery.ListDeletedOnceAsync"/>
    public Task<List<DeletedCognitiveAccount>> ListOnceAsync(
        string subscriptionId, CancellationToken cancellationToken = default) =>
        lists.GetOrAdd(subscriptionId, subscription => new(() => ReadAllAsync(subscription, stop))).Value
            .WaitForAsync(cancellationToken);

    /// <inheritdoc cref="AccountRecovery.FindDeletedAsync"/>
    public async Task<DeletedCognitiveAccount> FindAsync(
        AccountReference reference, CancellationToken cancellationToken = default)
    {
        ArmFailure failure = ArmFailure.OfLookup(reference);
        if (reference is { ResourceGroupName: not null, Location: not null })
        {
            using JsonDocument account = await ExplainAsync(
                arm.GetAsync(addresses.DeletedAccount(reference), cancellationToken), failure, cancellationToken)
                .ConfigureAwait(false);
            return AccountReader.ReadDeleted(account.RootElement);
        }

        List<DeletedCognitiveAccount> accounts;
        try
        {
            accounts = await ListOnceAsync(reference.SubscriptionId, cancellationToken).ConfigureAwait(false);
        }
        catch (RecoveryException e)
        {
            throw failure.Explain(e);
        }

        List<DeletedCognitiveAccount> matches = accounts.FindAll(reference.Matches);
        return matches.Count switch
        {
            1 => matches[0],
            0 => throw RecoveryErrors.NotFound(reference),
            _ => throw RecoveryErrors.Ambiguous(reference, matches),
        };
    }

    /// <inheritdoc cref="AccountRecovery.FindLiveAsync"/>
    public async Task<CognitiveAccount?> FindLiveAsync(
        AccountReference reference, CancellationToken cancellationToken = default)
    {
        ArmFailure failure = ArmFailure.OfLookup(reference);
        if (reference.ResourceGroupName is null)
        {
            List<AccountReference> named = [];
            await foreach (JsonElement account in ReadListAsync(
                addresses.LiveAccounts(reference), JsonShape.Whole, failure, cancellationToken).ConfigureAwait(false))
                named.Add(AccountId.Parse(account.Text("id") ?? ""));

            // With several of the name, nobody knows which is meant.
            if (named is not [var only]) return null;
            reference = only;
        }

        try
        {
            using JsonDocument account = await ExplainAsync(
                arm.GetAsync(addresses.LiveAccount(reference), cancellationToken), failure, cancellationToken)
                .ConfigureAwait(false);
            return AccountReader.ReadLive(account.RootElement);
        }
        catch (RecoveryException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<JsonElement> ReadListAsync(
        Uri first, JsonShape shape, ArmFailure failure, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<JsonElement> entries =
            pages.ReadAsync(first, shape, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (entries.ConfigureAwait(false))
        {
            while (await ExplainAsync(entries.MoveNextAsync(), failure, cancellationToken).ConfigureAwait(false))
                yield return entries.Current;
        }
    }

    private async Task<List<DeletedCognitiveAccount>> ReadAllAsync(
        string subscriptionId, CancellationToken cancellationToken)
    {
        var accounts = new List<DeletedCognitiveAccount>();
        // What can't be read can't be the account that is looked for.
        await foreach (DeletedCognitiveAccount account in ListAsync(
            subscriptionId, unreadable: _ => { }, cancellationToken).ConfigureAwait(false))
            accounts.Add(account);
        return accounts;
    }

    private static async ValueTask<T> ExplainAsync<T>(
        ValueTask<T> read, ArmFailure failure, CancellationToken cancellationToken)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw failure.Explain(e);
        }
    }
}
