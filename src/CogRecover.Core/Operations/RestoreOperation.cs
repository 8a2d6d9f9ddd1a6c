using System.Text.Json;
using Azure;
using CogRecover.Core.Accounts;
using CogRecover.Core.Arm;
using CogRecover.Core.Errors;
using CogRecover.Core.References;

namespace CogRecover.Core.Operations;

/// <summary>The restore of a soft-deleted account.</summary>
internal sealed class RestoreOperation(
    ArmRequests arm, AccountDirectory directory, DeletedCognitiveAccount account)
    : IAccountOperation<RestoreOutcome>
{
    private readonly AccountReference reference = AccountReference.Of(account);

    public ArmFailure Failure { get; } = ArmFailure.OfRestore(account);

    public async Task<Finding<RestoreOutcome>> VerifyAsync(CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? current = await directory.LookAgainAsync(account, cancellationToken)
            .ConfigureAwait(false);
        if (current is not null)
        {
            if (PurgeOperation.IsDeleting(current.ProvisioningState)) throw RecoveryErrors.BeingPurged(account);
            return new(Stage.Untouched);
        }

        CognitiveAccount? live = await directory.TryFindLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        return live is null ? throw RecoveryErrors.NoLongerDeleted(account) : Judge(live, isOurs: false);
    }

    public async Task<Operation> StartAsync(CancellationToken cancellationToken) =>
        await arm.StartRestoreAsync(AccountId.Live(reference), reference.Location!, cancellationToken)
            .ConfigureAwait(false);

    public Finding<RestoreOutcome> Read(Response answer, bool wasLost)
    {
        AccountJson body = JsonSerializer.Deserialize(answer.Content, ArmJson.Default.AccountJson) ?? new();
        return Judge(AccountReader.ReadLive(body), isOurs: true);
    }

    public bool MayBeDone(ArmError refusal) => refusal.Code == ArmError.NothingToRestore;

    public async Task<Finding<RestoreOutcome>> LookAsync(bool wasLost, CancellationToken cancellationToken)
    {
        CognitiveAccount? live = await directory.TryFindLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        if (live is not null) return Judge(live, isOurs: wasLost);

        // By now another account of the name may have been deleted, and would be restored in its place.
        DeletedCognitiveAccount? deleted = await directory.TryFindAsync(reference, cancellationToken)
            .ConfigureAwait(false);
        if (deleted is not null) AccountDirectory.RequireMeant(account, deleted);
        return new(Stage.Untouched);
    }

    private Finding<RestoreOutcome> Judge(CognitiveAccount live, bool isOurs)
    {
        if (Likenesses.Of(account, live) == Likeness.Another) throw RecoveryErrors.AlreadyExists(account);
        return live.ProvisioningState?.ToUpperInvariant() switch
        {
            null or "SUCCEEDED" => new(Stage.Done, new RestoreOutcome(live, WasLiveAlready: !isOurs)),
            "FAILED" or "CANCELED" => throw RecoveryErrors.EndedBadly(reference, live.ProvisioningState!),
            _ => new(Stage.UnderWay, new RestoreOutcome(live, WasLiveAlready: !isOurs)),
        };
    }
}
