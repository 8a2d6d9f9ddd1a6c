using CogRecover.Core.Accounts;
using CogRecover.Core.Arm;
using CogRecover.Core.Dependencies;
using CogRecover.Core.Errors;
using CogRecover.Core.Http;
using CogRecover.Core.Http.Throttling;
using CogRecover.Core.Operations;
using CogRecover.Core.References;

namespace CogRecover.Core;

/// <summary>
/// Lists, restores and purges the soft-deleted accounts that one Azure Resource Manager endpoint knows. Safe to be used
/// from many threads at once. Every failure is a <see cref="RecoveryException"/>, but for a cancellation.
/// </summary>
public sealed class AccountRecovery
{
    private readonly TokenRedaction redaction;
    private readonly ArmRequests arm;
    private readonly ArmAddresses addresses;
    private readonly AccountDirectory directory;
    private readonly RestorePrerequisites prerequisites;
    private readonly DeletionLog deletions;

    /// <param name="connection">Where Azure Resource Manager is, and how to be let in.</param>
    /// <param name="stop">
    /// Stops what several callers share: a list or a look-up that is made once. A caller's own token ends its wait
    /// only.
    /// </param>
    public AccountRecovery(ArmConnection connection, CancellationToken stop = default)
    {
        redaction = connection.Redaction;
        arm = ArmRequests.To(connection);
        addresses = new ArmAddresses(connection.Endpoint, connection.ApiVersion);
        directory = new AccountDirectory(arm, addresses, stop);
        var shared = new ArmLookups(arm, addresses, redaction, connection.LookupTimeout, stop);
        prerequisites = new RestorePrerequisites(addresses, shared);
        deletions = new DeletionLog(addresses, shared);
    }

    /// <summary>
    /// Lists a subscription's soft-deleted accounts, in no order: those of a page together, as soon as it is read.
    /// </summary>
    /// <param name="subscriptionId">The subscription's GUID.</param>
    /// <param name="unreadable">Called for each account that can't be read; the others are listed.</param>
    /// <param name="cancellationToken">Stops the list: no further page is asked for.</param>
    public IAsyncEnumerable<IReadOnlyList<DeletedCognitiveAccount>> ListDeletedAsync(
        string subscriptionId, Action<RecoveryException> unreadable, CancellationToken cancellationToken = default) =>
        directory.ListAsync(subscriptionId, unreadable, cancellationToken);

    /// <summary>
    /// Lists the GUIDs of the subscriptions whose accounts can be listed, page by page: those that the token's tenant
    /// shows, its own and what is delegated to it, and that are <c>Enabled</c>, <c>Warned</c> or <c>PastDue</c>.
    /// </summary>
    /// <param name="cancellationToken">Stops the list: no further page is asked for.</param>
    public IAsyncEnumerable<string> ListSubscriptionsAsync(CancellationToken cancellationToken = default) =>
        directory.ListSubscriptionsAsync(cancellationToken);

    /// <summary>
    /// Lists a subscription's soft-deleted accounts, all at once: the list is read the first time and kept, unless that
    /// fails.
    /// </summary>
    /// <param name="subscriptionId">The subscription's GUID.</param>
    /// <param name="cancellationToken">Ends the wait for the list.</param>
    public Task<DeletedAccountList> ListDeletedOnceAsync(
        string subscriptionId, CancellationToken cancellationToken = default) =>
        directory.ListOnceAsync(subscriptionId, cancellationToken);

    /// <summary>
    /// Finds the soft-deleted account that a user means: with one request where the reference is complete, else in the
    /// subscription's list, which is read once.
    /// </summary>
    /// <exception cref="RecoveryException">
    /// There is none (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>) or more than one
    /// (<see cref="RecoveryErrorId.AmbiguousAccount"/>).
    /// </exception>
    /// <param name="reference">What the user means.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <param name="since">
    /// When the user named it, in UTC: a list that was read before, and doesn't have it, is read again. Null: it isn't.
    /// </param>
    public Task<DeletedCognitiveAccount> FindDeletedAsync(
        AccountReference reference, CancellationToken cancellationToken = default, DateTime? since = null) =>
        directory.FindAsync(reference, cancellationToken, since);

    /// <summary>Looks at something within a time.</summary>
    /// <param name="timeout">How long the look may take.</param>
    /// <param name="account">The account that it is about, as the user named it.</param>
    /// <param name="look">Looks, until its token ends it.</param>
    /// <param name="cancellationToken">Ends it too.</param>
    /// <exception cref="RecoveryException">
    /// It took longer (<see cref="RecoveryErrorId.OperationTimedOut"/>), or the service didn't take the requests in time
    /// (<see cref="RecoveryErrorId.RequestThrottled"/>).
    /// </exception>
    public async Task LookWithinAsync(
        TimeSpan timeout, string account, Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await look(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw RecoveryErrors.LookupTimedOut(account, timeout, (e as ThrottledException)?.Notice);
        }
    }

    /// <summary>
    /// Finds what a user may have meant who names an account that isn't soft-deleted: those of that name in another
    /// group or location, or of a name that is one or two letters off.
    /// </summary>
    /// <returns>The closest first, three at most; none where the list can't be read.</returns>
    public Task<IReadOnlyList<DeletedCognitiveAccount>> FindSimilarAsync(
        AccountReference reference, CancellationToken cancellationToken = default) =>
        directory.FindSimilarAsync(reference, cancellationToken);

    /// <summary>
    /// Looks at what a restore of the account needs, and changes nothing. What several accounts share is looked at
    /// once.
    /// </summary>
    /// <exception cref="RecoveryException">
    /// Nothing, or another account, is soft-deleted under its name by now
    /// (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).
    /// </exception>
    /// <returns>What was found, and the account itself where it lives already.</returns>
    public async Task<(RestoreTestResult Result, CognitiveAccount? Live)> TestRestoreAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken = default)
    {
        Task<DeletedCognitiveAccount?> current = directory.LookAgainAsync(account, cancellationToken);
        try
        {
            (RestoreTestResult result, CognitiveAccount? live) =
                await prerequisites.TestAsync(account, current, cancellationToken).ConfigureAwait(false);
            return live is null && await current.ConfigureAwait(false) is null
                && !result.Checks.Any(check => check.ErrorId == RecoveryErrorId.AccountAlreadyExists)
                ? throw RecoveryErrors.NoLongerDeleted(account)
                : (result, live);
        }
        catch (RecoveryException e)
        {
            throw e.Of(NotRestored(account));
        }
    }

    /// <summary>
    /// Looks whether a soft-deleted account is still there, unless it was seen just now, as a purge does first.
    /// </summary>
    /// <returns>The account as it is now; null if it isn't soft-deleted any more.</returns>
    /// <exception cref="RecoveryException">
    /// Another is soft-deleted there now (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).
    /// </exception>
    public async Task<DeletedCognitiveAccount?> LookBeforePurgeAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken = default)
    {
        try
        {
            return await directory.LookAgainAsync(account, cancellationToken, isThatDeletion: true)
                .ConfigureAwait(false);
        }
        catch (RecoveryException e)
        {
            throw e.Of($"{ArmFailure.OfPurge(account).Attempt}, and nothing was sent");
        }
    }

    /// <summary>
    /// Finds the live account that a reference means; null if there is none, or more than one has the name.
    /// </summary>
    public Task<CognitiveAccount?> FindLiveAsync(
        AccountReference reference, CancellationToken cancellationToken = default) =>
        directory.FindLiveAsync(reference, cancellationToken);

    /// <summary>
    /// Sets who deleted accounts, as far as the Activity Log of their subscription knows: with one query over the span
    /// of the deletions.
    /// </summary>
    /// <returns>Why the log couldn't be read; null if it could.</returns>
    public Task<string?> AddDeletedByAsync(
        string subscriptionId, IReadOnlyCollection<DeletedCognitiveAccount> accounts,
        CancellationToken cancellationToken = default) =>
        deletions.AddDeletedByAsync(subscriptionId, accounts, cancellationToken);

    /// <summary>Looks whether the resource group of an account exists, as a restore does first.</summary>
    /// <exception cref="RecoveryException">
    /// Another account is soft-deleted under its name by now, or neither is it soft-deleted any more nor is its group
    /// there (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).
    /// </exception>
    public async Task<RestoreCheck> TestResourceGroupAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken = default)
    {
        Task<RestoreCheck> group = prerequisites.TestResourceGroupAsync(account, cancellationToken);
        Task<DeletedCognitiveAccount?> current = directory.LookAgainAsync(account, cancellationToken);
        try
        {
            await Task.WhenAll(group, current).ConfigureAwait(false);
            RestoreCheck check = await group.ConfigureAwait(false);

            // Where its group is gone it doesn't live either.
            return check.Status == RestoreCheckStatus.Failed && await current.ConfigureAwait(false) is null
                ? throw RecoveryErrors.NoLongerDeleted(account)
                : check;
        }
        catch (RecoveryException e)
        {
            throw e.Of(NotRestored(account));
        }
    }

    /// <summary>Makes sure, unless it was seen just now, that an account is still soft-deleted.</summary>
    /// <exception cref="RecoveryException">
    /// It isn't, or another is there now (<see cref="RecoveryErrorId.DeletedAccountNotFound"/>).
    /// </exception>
    public async Task RequireDeletedAsync(
        DeletedCognitiveAccount account, CancellationToken cancellationToken = default)
    {
        try
        {
            if (await directory.LookAgainAsync(account, cancellationToken).ConfigureAwait(false) is null)
                throw RecoveryErrors.NoLongerDeleted(account);
        }
        catch (RecoveryException e)
        {
            throw e.Of(NotRestored(account));
        }
    }

    /// <summary>Creates the resource group of an account, in the account's location.</summary>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Why it wasn't created; null if it was.</returns>
    public async Task<RecoveryException?> CreateResourceGroupAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        try
        {
            var creation = new GroupCreation(arm, addresses, account);
            await new OperationRunner<bool>(arm, creation, timeout, observer: null).RunAsync(cancellationToken)
                .ConfigureAwait(false);
            return null;
        }
        catch (RecoveryException e)
        {
            return e;
        }
    }

    /// <summary>
    /// Restores an account, with its keys, deployments and identity, and waits for it. Where somebody has restored it
    /// already, that is the outcome.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long to wait. An operation that takes longer goes on.</param>
    /// <param name="observer">Is told how it goes; null for nobody.</param>
    /// <param name="waits">Whether to wait for its end, once the service has accepted it.</param>
    /// <param name="cancellationToken">Stops the wait, not an operation that the service has accepted.</param>
    public Task<RestoreOutcome> RestoreAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, IOperationObserver? observer = null, bool waits = true,
        CancellationToken cancellationToken = default) =>
        new OperationRunner<RestoreOutcome>(
            arm, new RestoreOperation(arm, directory, account), timeout, observer, waits)
            .RunAsync(cancellationToken);

    /// <summary>
    /// Whether a live account is one that was deleted; null if nothing tells. The service's own id, the date of the
    /// creation and the location tell.
    /// </summary>
    public static bool? AreSame(DeletedCognitiveAccount deleted, CognitiveAccount live) =>
        Likenesses.Of(deleted, live) switch
        {
            Likeness.Same => true,
            Likeness.Another => false,
            _ => null,
        };

    /// <summary>When a live account was first created, in UTC; null if the service doesn't say.</summary>
    public static DateTime? DateCreated(CognitiveAccount account) => account.DateCreated;

    /// <summary>Whether a live account is still being restored.</summary>
    public static bool IsBeingRestored(CognitiveAccount account) =>
        account.ProvisioningState?.ToUpperInvariant() is not (null or "SUCCEEDED" or "FAILED" or "CANCELED");

    /// <summary>The deleted account that a live one was, as far as the live one tells.</summary>
    public static DeletedCognitiveAccount AsDeleted(CognitiveAccount live) => new()
    {
        Name = live.Name,
        ResourceGroupName = live.ResourceGroupName,
        Location = live.Location,
        SubscriptionId = live.SubscriptionId,
        Kind = live.Kind,
        Sku = live.Sku,
        ResourceId = $"{AccountId.Deleted(AccountReference.OfService(
            live.SubscriptionId, live.ResourceGroupName, live.Location, live.Name))}",
        AccountId = live.ResourceId,
    };

    /// <summary>Waits for a restore that was begun before.</summary>
    /// <param name="account">The account, as it lived at last.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<CognitiveAccount> WaitForRestoreAsync(
        CognitiveAccount account, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        AccountReference reference = AccountReference.OfService(
            account.SubscriptionId, account.ResourceGroupName, account.Location, account.Name);
        ArmFailure failure = ArmFailure.OfRestore(AsDeleted(account));
        await WithinAsync(timeout, failure, () => account.ProvisioningState, async limit =>
        {
            for (int poll = 1; IsBeingRestored(account); poll++)
            {
                await arm.Polling.WaitAsync(null, poll, limit).ConfigureAwait(false);
                account = await FindLiveAsync(reference, limit).ConfigureAwait(false)
                    ?? throw RecoveryErrors.RestoreUndone(reference);
            }
        }, cancellationToken).ConfigureAwait(false);
        return account.ProvisioningState?.ToUpperInvariant() is null or "SUCCEEDED"
            ? account
            : throw RecoveryErrors.EndedBadly(reference, account.ProvisioningState);
    }

    /// <summary>Whether a soft-deleted account is being purged.</summary>
    public static bool IsBeingPurged(DeletedCognitiveAccount account) =>
        PurgeOperation.IsDeleting(account.ProvisioningState);

    /// <summary>Takes note that a soft-deleted account is being purged, as a look has shown.</summary>
    public static void MarkAsBeingPurged(DeletedCognitiveAccount account) =>
        account.ProvisioningState = PurgeOperation.Deleting;

    /// <summary>Waits for a purge that was begun before.</summary>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public Task WaitForPurgeAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        WithinAsync(
            timeout, ArmFailure.OfPurge(account), () => account.ProvisioningState,
            new PurgeOperation(arm, directory, account).WaitAsync, cancellationToken);

    /// <summary>Purges an account for good, and waits until it is gone.</summary>
    /// <inheritdoc cref="RestoreAsync"/>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long to wait. An operation that takes longer goes on.</param>
    /// <param name="observer">Is told how it goes; null for nobody.</param>
    /// <param name="waits">Whether to wait for its end, once the service has accepted it.</param>
    /// <param name="cancellationToken">Stops the wait, not an operation that the service has accepted.</param>
    /// <returns>Whether there was an account to purge: it may have been gone already.</returns>
    public async Task<bool> PurgeAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, IOperationObserver? observer = null, bool waits = true,
        CancellationToken cancellationToken = default)
    {
        var purge = new PurgeOperation(arm, directory, account);
        bool wasThere = await new OperationRunner<bool>(arm, purge, timeout, observer, waits)
            .RunAsync(cancellationToken).ConfigureAwait(false);
        if (!wasThere) await purge.RequireGoneAsync(cancellationToken).ConfigureAwait(false);
        return wasThere;
    }

    /// <summary>The text without the caller's token, which a server may have quoted.</summary>
    public string Redact(string text) => redaction.Redact(text);

    /// <summary>The failure without the caller's token: without its cause, where that has it.</summary>
    public RecoveryException Redact(RecoveryException failure) => redaction.Redact(failure);

    private static string NotRestored(DeletedCognitiveAccount account) =>
        $"Account {AccountReference.Of(account)} can't be restored, and nothing was sent";

    private static async Task WithinAsync(
        TimeSpan timeout, ArmFailure failure, Func<string?> state, Func<CancellationToken, Task> wait,
        CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await wait(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw failure.TimedOut(timeout, isAccepted: true, state());
        }
        catch (Exception e) when (e is not RecoveryException { ErrorId: not RecoveryErrorId.InvalidServiceResponse })
        {
            throw failure.Lost(e, isAccepted: true);
        }
    }
}
