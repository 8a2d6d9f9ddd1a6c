using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using CogRecover.Core.ActivityLog;
using CogRecover.Core.Arm;
using CogRecover.Core.Operations;
using CogRecover.Core.Prerequisites;

namespace CogRecover.Core;

/// <summary>
/// Lists, restores and purges the soft-deleted accounts that one Azure Resource Manager endpoint knows. Safe to be used
/// from many threads at once. Every failure is a <see cref="RecoveryException"/>, but for a cancellation.
/// </summary>
public sealed class AccountRecovery
{
    private readonly ArmRequests arm;
    private readonly ArmAddresses addresses;
    private readonly RestorePrerequisites prerequisites;
    private readonly DeletionLog deletions;
    private readonly ConcurrentDictionary<string, Lazy<Task<List<DeletedCognitiveAccount>>>> lookups = new();

    private readonly CancellationToken stop;

    /// <param name="connection">Where Azure Resource Manager is, and how to be let in.</param>
    /// <param name="stop">
    /// Stops what several callers share: a list or a look-up that is made once. A caller's own token ends its wait only.
    /// </param>
    public AccountRecovery(ArmConnection connection, CancellationToken stop = default)
    {
        this.stop = stop;
        arm = ArmRequests.To(connection);
        addresses = new ArmAddresses(connection.Endpoint, connection.ApiVersion);
        var shared = new ArmLookups(arm, addresses, stop);
        prerequisites = new RestorePrerequisites(addresses, shared);
        deletions = new DeletionLog(addresses, shared);
    }

    /// <summary>Lists a subscription's soft-deleted accounts, page by page, in no order.</summary>
    /// <param name="subscriptionId">The subscription's GUID.</param>
    /// <param name="unreadable">Called for each account that can't be read; the others are listed.</param>
    /// <param name="cancellationToken">Stops the list: no further page is asked for.</param>
    public async IAsyncEnumerable<DeletedCognitiveAccount> ListDeletedAsync(
        string subscriptionId, Action<RecoveryException> unreadable,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AccountReference.RequireSubscription(subscriptionId);
        ArmFailure failure = ArmFailure.OfList(subscriptionId);
        var visited = new HashSet<Uri>();
        for (Uri? address = addresses.DeletedAccounts(subscriptionId); address is not null;)
        {
            if (!visited.Add(address))
                throw RecoveryErrors.InvalidResponse("its pages lead back to one that was read").Of(failure.Attempt);
            using JsonDocument page = await ReadAsync(address, failure, cancellationToken).ConfigureAwait(false);
            if (page.RootElement.Child("value") is not { ValueKind: JsonValueKind.Array } accounts)
                throw RecoveryErrors.InvalidResponse("there is no list of accounts in it").Of(failure.Attempt);

            foreach (JsonElement account in accounts.EnumerateArray())
            {
                if (AccountReader.TryReadDeleted(account, unreadable) is { } read) yield return read;
            }

            address = addresses.NextPage(page.RootElement);
        }
    }

    /// <summary>
    /// Lists a subscription's soft-deleted accounts, all at once: the list is read the first time and kept.
    /// </summary>
    /// <param name="subscriptionId">The subscription's GUID.</param>
    /// <param name="cancellationToken">Ends the wait for the list.</param>
    public Task<List<DeletedCognitiveAccount>> ListDeletedOnceAsync(
        string subscriptionId, CancellationToken cancellationToken = default) =>
        lookups.GetOrAdd(subscriptionId, subscription => new(() => ReadAllAsync(subscription, stop))).Value
            .WaitForAsync(cancellationToken);

    /// <summary>
    /// Finds the soft-deleted account that a user means: with one request where the reference is complete, else in the
    /// subscription's list, which is read once.
    /// </summary>
    /// <exception cref="RecoveryException">
    /// There is none (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>) or more than one
    /// (<see cref="RecoveryErrorId.AmbiguousAccount"/>).
    /// </exception>
    public async Task<DeletedCognitiveAccount> FindDeletedAsync(
        AccountReference reference, CancellationToken cancellationToken = default)
    {
        ArmFailure failure = ArmFailure.OfLookup(reference);
        if (reference is { ResourceGroupName: not null, Location: not null })
        {
            using JsonDocument account = await ReadAsync(
                addresses.DeletedAccount(reference), failure, cancellationToken).ConfigureAwait(false);
            return AccountReader.ReadDeleted(account.RootElement);
        }

        List<DeletedCognitiveAccount> accounts;
        try
        {
            accounts = await ListDeletedOnceAsync(reference.SubscriptionId, cancellationToken).ConfigureAwait(false);
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

    /// <summary>
    /// Looks at what a restore of the account needs, and changes nothing. What several accounts share is looked at
    /// once.
    /// </summary>
    public Task<RestoreTestResult> TestRestoreAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken = default) =>
        prerequisites.TestAsync(account, cancellationToken);

    /// <summary>
    /// Finds the live account that a reference means; null if there is none, or its group isn't known.
    /// </summary>
    public async Task<CognitiveAccount?> FindLiveAsync(
        AccountReference reference, CancellationToken cancellationToken = default)
    {
        if (reference.ResourceGroupName is null) return null;
        try
        {
            using JsonDocument account = await ReadAsync(
                addresses.LiveAccount(reference), ArmFailure.OfLookup(reference), cancellationToken)
                .ConfigureAwait(false);
            return AccountReader.ReadLive(account.RootElement);
        }
        catch (RecoveryException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Sets who deleted accounts, as far as the Activity Log of their subscription knows: with one query over the span
    /// of the deletions.
    /// </summary>
    /// <returns>Why the log couldn't be read; null if it could.</returns>
    public Task<string?> AddDeletedByAsync(
        string subscriptionId, IReadOnlyCollection<DeletedCognitiveAccount> accounts,
        CancellationToken cancellationToken = default) =>
        deletions.AddDeletedByAsync(subscriptionId, accounts, cancellationToken);

    /// <summary>Creates the resource group of an account, in the account's location.</summary>
    public async Task CreateResourceGroupAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken = default)
    {
        try
        {
            await arm.CreateResourceGroupAsync(AccountReference.Of(account), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not RecoveryException && !cancellationToken.IsCancellationRequested)
        {
            throw ArmFailure.OfGroup(account).Explain(e);
        }
    }

    /// <summary>
    /// Restores an account, with its keys, deployments and identity, and waits for it. Where somebody has restored it
    /// already, that is the outcome.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long to wait. An operation that takes longer goes on.</param>
    /// <param name="observer">Is told how it goes; null for nobody.</param>
    /// <param name="cancellationToken">Stops the wait, not an operation that the service has accepted.</param>
    public async Task<RestoreOutcome> RestoreAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, IOperationObserver? observer = null,
        CancellationToken cancellationToken = default)
    {
        AccountReference reference = AccountReference.Of(account);
        ArmFailure failure = ArmFailure.OfRestore(account);
        try
        {
            Operation operation = await new OperationRunner(failure, timeout, observer).RunAsync(
                limit => arm.StartRestoreAsync(AccountId.Live(reference), reference.Location!, limit),
                cancellationToken).ConfigureAwait(false);
            using var body = JsonDocument.Parse(operation.GetRawResponse().Content);
            return new RestoreOutcome(AccountReader.ReadLive(body.RootElement), WasLiveAlready: false);
        }
        catch (JsonException e)
        {
            throw failure.Lost(e);
        }
        catch (RecoveryException e) when (e.ServiceErrorCode == ArmError.NothingToRestore)
        {
            CognitiveAccount? live = await FindLiveAsync(reference, cancellationToken).ConfigureAwait(false);
            if (live is null) throw;
            return AccountReader.AreSame(account, live.InternalId)
                ? new RestoreOutcome(live, WasLiveAlready: true)
                : throw RecoveryErrors.AlreadyExists(account);
        }
    }

    /// <summary>Purges an account for good, and waits until it is gone.</summary>
    /// <inheritdoc cref="RestoreAsync"/>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long to wait. An operation that takes longer goes on.</param>
    /// <param name="observer">Is told how it goes; null for nobody.</param>
    /// <param name="cancellationToken">Stops the wait, not an operation that the service has accepted.</param>
    /// <returns>Whether there was an account to purge: it may have been gone already.</returns>
    public async Task<bool> PurgeAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, IOperationObserver? observer = null,
        CancellationToken cancellationToken = default)
    {
        AccountReference reference = AccountReference.Of(account);
        try
        {
            Operation operation = await new OperationRunner(ArmFailure.OfPurge(account), timeout, observer).RunAsync(
                limit => arm.StartPurgeAsync(AccountId.Deleted(reference), limit), cancellationToken)
                .ConfigureAwait(false);
            return operation.GetRawResponse().Status != 204;
        }
        catch (RecoveryException e) when (e is
            { ErrorId: RecoveryErrorId.PurgeFailed, Status: 404, ServiceErrorCode: "ResourceNotFound" })
        {
            return false;
        }
    }

    private async Task<List<DeletedCognitiveAccount>> ReadAllAsync(
        string subscriptionId, CancellationToken cancellationToken)
    {
        var accounts = new List<DeletedCognitiveAccount>();
        // What can't be read can't be the account that is looked for.
        await foreach (DeletedCognitiveAccount account in ListDeletedAsync(
            subscriptionId, unreadable: _ => { }, cancellationToken).ConfigureAwait(false))
            accounts.Add(account);
        return accounts;
    }

    private async Task<JsonDocument> ReadAsync(Uri address, ArmFailure failure, CancellationToken cancellationToken)
    {
        try
        {
            return await arm.GetAsync(address, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not RecoveryException && !cancellationToken.IsCancellationRequested)
        {
            throw failure.Explain(e);
        }
    }
}
