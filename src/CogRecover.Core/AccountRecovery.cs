using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using CogRecover.Core.Arm;

namespace CogRecover.Core;

/// <summary>
/// Lists, restores and purges the soft-deleted accounts that one Azure Resource Manager endpoint knows. Safe to be used
/// from many threads at once. Every failure is a <see cref="RecoveryException"/>, but for a cancellation.
/// </summary>
/// <param name="connection">Where Azure Resource Manager is, and how to be let in.</param>
public sealed class AccountRecovery(ArmConnection connection)
{
    private readonly ArmRequests arm = ArmRequests.To(connection);

    private readonly ConcurrentDictionary<string, Lazy<Task<List<DeletedCognitiveAccount>>>> lookups = new();

    /// <summary>Lists a subscription's soft-deleted accounts, page by page, in no order.</summary>
    /// <param name="subscriptionId">The subscription's GUID.</param>
    /// <param name="cancellationToken">Stops the list: no further page is asked for.</param>
    public async IAsyncEnumerable<DeletedCognitiveAccount> ListDeletedAsync(
        string subscriptionId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AccountReference.RequireSubscription(subscriptionId);
        Uri? address = arm.DeletedAccounts(subscriptionId);
        while (address is not null)
        {
            using JsonDocument page = await ReadAsync(
                address, ArmFailure.OfList(subscriptionId), cancellationToken).ConfigureAwait(false);
            if (page.RootElement.Child("value") is not { ValueKind: JsonValueKind.Array } accounts)
                throw RecoveryErrors.InvalidResponse($"the list of subscription {subscriptionId} has no accounts in it");

            foreach (JsonElement account in accounts.EnumerateArray()) yield return AccountReader.ReadDeleted(account);
            address = NextPage(page.RootElement.Text("nextLink"));
        }
    }

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
        if (reference is { ResourceGroupName: not null, Location: not null })
        {
            Uri address = arm.DeletedAccount(AccountId.Deleted(reference));
            using JsonDocument account = await ReadAsync(
                address, ArmFailure.OfLookup(reference), cancellationToken).ConfigureAwait(false);
            return AccountReader.ReadDeleted(account.RootElement);
        }

        // The first to ask sets the token; all who ask within one command share it.
        List<DeletedCognitiveAccount> accounts = await lookups.GetOrAdd(
            reference.SubscriptionId, subscription => new(() => ReadAllAsync(subscription, cancellationToken)))
            .Value.ConfigureAwait(false);
        List<DeletedCognitiveAccount> matches = accounts.FindAll(reference.Matches);
        return matches.Count switch
        {
            1 => matches[0],
            0 => throw RecoveryErrors.NotFound(reference),
            _ => throw RecoveryErrors.Ambiguous(reference, matches),
        };
    }

    /// <summary>Restores an account, with its keys, deployments and identity, and waits for it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long to wait. An operation that takes longer goes on.</param>
    /// <param name="accepted">Called once the service has accepted the restore.</param>
    /// <param name="cancellationToken">Stops the wait, not an operation that the service has accepted.</param>
    /// <returns>The live account.</returns>
    public Task<CognitiveAccount> RestoreAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, Action? accepted = null,
        CancellationToken cancellationToken = default)
    {
        return RunAsync(ArmFailure.OfRestore(account), timeout, async cancellation =>
        {
            Operation operation = await arm.StartRestoreAsync(
                AccountId.Live(AccountReference.Of(account)), account.Location, cancellation).ConfigureAwait(false);
            accepted?.Invoke();
            Response answer = await CompleteAsync(operation, cancellation).ConfigureAwait(false);
            using var body = JsonDocument.Parse(answer.Content);
            return AccountReader.ReadLive(body.RootElement);
        }, cancellationToken);
    }

    /// <summary>Purges an account for good, and waits until it is gone.</summary>
    /// <inheritdoc cref="RestoreAsync"/>
    /// <param name="account">The account.</param>
    /// <param name="timeout">How long to wait. An operation that takes longer goes on.</param>
    /// <param name="accepted">Called once the service has accepted the purge.</param>
    /// <param name="cancellationToken">Stops the wait, not an operation that the service has accepted.</param>
    /// <returns>A task that ends when the account is gone.</returns>
    public Task PurgeAsync(
        DeletedCognitiveAccount account, TimeSpan timeout, Action? accepted = null,
        CancellationToken cancellationToken = default)
    {
        return RunAsync(ArmFailure.OfPurge(account), timeout, async cancellation =>
        {
            Operation operation = await arm.StartPurgeAsync(
                AccountId.Deleted(AccountReference.Of(account)), cancellation).ConfigureAwait(false);
            accepted?.Invoke();
            return await CompleteAsync(operation, cancellation).ConfigureAwait(false);
        }, cancellationToken);
    }

    private static async Task<Response> CompleteAsync(Operation operation, CancellationToken cancellationToken)
    {
        var delay = new OperationDelay();
        for (int poll = 1; !operation.HasCompleted; poll++)
        {
            TimeSpan wait = delay.GetNextDelay(operation.GetRawResponse(), poll);
            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            await operation.UpdateStatusAsync(cancellationToken).ConfigureAwait(false);
        }

        return operation.GetRawResponse();
    }

    private static async Task<T> RunAsync<T>(
        ArmFailure failure, TimeSpan timeout, Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await work(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw failure.TimedOut(timeout);
        }
        catch (Exception e) when (e is not RecoveryException)
        {
            throw failure.Explain(e);
        }
    }

    private async Task<List<DeletedCognitiveAccount>> ReadAllAsync(
        string subscriptionId, CancellationToken cancellationToken)
    {
        var accounts = new List<DeletedCognitiveAccount>();
        await foreach (DeletedCognitiveAccount account in ListDeletedAsync(subscriptionId, cancellationToken)
            .ConfigureAwait(false))
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

    private Uri? NextPage(string? nextLink)
    {
        if (nextLink is null or "") return null;
        return Uri.TryCreate(connection.Endpoint, nextLink, out Uri? next)
            ? next
            : throw RecoveryErrors.InvalidResponse($"nextLink '{nextLink}' isn't an address");
    }
}
