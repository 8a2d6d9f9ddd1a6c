using System.Text.Json;
using Azure;
using CogRecover.Core.Accounts;
using CogRecover.Core.Arm;
using CogRecover.Core.Errors;
using CogRecover.Core.Http;
using CogRecover.Core.References;

namespace CogRecover.Core.Operations;

/// <summary>The purge of a soft-deleted account. It comes to whether there was an account to purge.</summary>
internal sealed class PurgeOperation(
    ArmRequests arm, AccountDirectory directory, DeletedCognitiveAccount account)
    : IAccountOperation<bool>
{
    /// <summary>The state of a deleted account that is being purged.</summary>
    public const string Deleting = "Deleting";

    private readonly AccountReference reference = AccountReference.Of(account);

    public ArmFailure Failure { get; } = ArmFailure.OfPurge(account);

    public async Task<Finding<bool>> VerifyAsync(CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? current = await directory.LookAgainAsync(
            account, cancellationToken, isThatDeletion: true).ConfigureAwait(false);
        if (current is null) return new(Stage.Done, false);
        if (!IsDeleting(current.ProvisioningState)) return new(Stage.Untouched);
        account.ProvisioningState = Deleting;
        return new(Stage.UnderWay, true);
    }

    public Task<Operation> StartAsync(CancellationToken cancellationToken) =>
        arm.StartPurgeAsync(AccountId.Deleted(reference), cancellationToken);

    public Finding<bool> Read(Response answer, bool wasLost)
    {
        // That nothing is there any more after a lost answer may be the purge's doing, or a restore's.
        if (answer.Status == 204) return wasLost ? new(Stage.UnderWay) : new(Stage.Done, false);
        if (answer.Status == 202)
        {
            account.ProvisioningState = Deleting;
            account.Operation = Address(answer, "azure-asyncoperation") ?? Address(answer, "Location");
        }

        return new(Stage.Done, true);
    }

    // The service may answer so to the purge of what is gone, and a proxy to anything: a look tells.
    public bool MayBeDone(ArmError refusal) => refusal.Status == 404;

    public async Task<Finding<bool>> LookAsync(bool wasLost, CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? deleted = await directory.TryFindAsync(reference, cancellationToken)
            .ConfigureAwait(false);
        if (deleted is not null)
        {
            return Likenesses.Of(account, deleted) switch
            {
                Likeness.Same when IsDeleting(deleted.ProvisioningState) => new(Stage.UnderWay, true),
                Likeness.Same => new(Stage.Untouched),
                Likeness.Another => new(Stage.Done, wasLost),
                Likeness.DeletedAgain => throw RecoveryErrors.DeletedAgain(account),
                _ => throw RecoveryErrors.NotTold("is soft-deleted"),
            };
        }

        // It is gone from among the deleted: purged, or restored.
        CognitiveAccount? live = await directory.TryFindLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        if (live is null) return new(Stage.Done, wasLost);
        return Likenesses.Of(account, live) switch
        {
            Likeness.Same => throw RecoveryErrors.LivesAgain(account),
            Likeness.Another => new(Stage.Done, wasLost),
            _ => throw RecoveryErrors.NotTold("lives"),
        };
    }

    /// <summary>Makes sure that what the service says is gone is gone.</summary>
    /// <exception cref="RecoveryException">It is still soft-deleted, or that can't be seen.</exception>
    public async Task RequireGoneAsync(CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? found;
        try
        {
            found = await directory.TryFindAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            // Who may only purge has the service's word.
            return;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure.Lost(e, isAccepted: false);
        }

        if (found is not null && !IsDeleting(found.ProvisioningState)
            && Likenesses.Of(account, found) != Likeness.Another)
            throw RecoveryErrors.StillDeleted(account);
    }

    /// <summary>Whether a deleted account's state says that it is being purged.</summary>
    public static bool IsDeleting(string? state) => Deleting.Equals(state, StringComparison.OrdinalIgnoreCase);

    /// <summary>Waits for the end of a purge that was accepted before.</summary>
    /// <exception cref="RequestFailedException">It can't be seen now.</exception>
    /// <exception cref="RecoveryException">It failed.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        for (int poll = 1; ; poll++)
        {
            if (await HasEndedAsync(cancellationToken).ConfigureAwait(false)) return;
            await arm.Polling.WaitAsync(null, poll, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> HasEndedAsync(CancellationToken cancellationToken)
    {
        if (account.Operation is { } address)
        {
            try
            {
                JsonElement operation = await arm.GetAsync(address, ArmJson.Default.JsonElement, cancellationToken)
                    .ConfigureAwait(false);
                string? state = operation.Text("status");
                if (state is "Failed" or "Canceled") throw RecoveryErrors.PurgeEnded(account, state);
                if (state is not null and not "Succeeded") return false;
            }
            catch (RequestFailedException e) when (e.Status == 202)
            {
                return false;
            }
            catch (Exception e) when (e is JsonException or RequestFailedException { Status: > 0 and < 500 })
            {
                // The operation is forgotten, or speaks in another way: the account tells.
            }
        }

        Finding<bool> found = await LookAsync(wasLost: true, cancellationToken).ConfigureAwait(false);
        return found.Stage switch
        {
            Stage.Done => true,
            Stage.UnderWay => false,
            _ => throw RecoveryErrors.PurgeEnded(account, "Failed"),
        };
    }

    private static Uri? Address(Response answer, string header) =>
        answer.Headers.TryGetValue(header, out string? text) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            ? address
            : null;
}
