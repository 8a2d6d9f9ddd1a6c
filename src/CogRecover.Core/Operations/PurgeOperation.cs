using System.Text.Json;
using Azure;
using CogRecover.Core.Arm;

namespace CogRecover.Core.Operations;

/// <summary>The purge of a soft-deleted account. It comes to whether there was an account to purge.</summary>
internal sealed class PurgeOperation(ArmRequests arm, ArmAddresses addresses, DeletedCognitiveAccount account)
    : IAccountOperation<bool>
{
    private readonly AccountReference reference = AccountReference.Of(account);

    public ArmFailure Failure { get; } = ArmFailure.OfPurge(account);

    public Task<Operation> StartAsync(CancellationToken cancellationToken) =>
        arm.StartPurgeAsync(AccountId.Deleted(reference), cancellationToken);

    // That nothing is there any more after a lost answer may be the purge's doing, or a restore's.
    public Finding<bool> Read(Response answer, bool wasLost) => answer.Status == 204 && wasLost
        ? new(Stage.UnderWay)
        : new(Stage.Done, answer.Status != 204);

    public bool MayBeDone(ArmError refusal) => refusal is { Status: 404, SaysThatItIsGone: true };

    public async Task<Finding<bool>> LookAsync(bool wasLost, CancellationToken cancellationToken)
    {
        using JsonDocument? deleted = await arm.TryGetAsync(addresses.DeletedAccount(reference), cancellationToken)
            .ConfigureAwait(false);
        if (deleted is not null && IsMeant(AccountReader.ReadDeleted(deleted.RootElement)))
        {
            string? state = deleted.RootElement.Child("properties").Text("provisioningState");
            return new("Deleting".Equals(state, StringComparison.OrdinalIgnoreCase)
                ? Stage.UnderWay
                : Stage.Untouched);
        }

        // It is gone from among the deleted: purged, or restored.
        using JsonDocument? live = await arm.TryGetAsync(addresses.LiveAccount(reference), cancellationToken)
            .ConfigureAwait(false);
        bool livesAgain = live is not null && account.InternalId is not null
            && AccountReader.ReadLive(live.RootElement).InternalId == account.InternalId;
        return livesAgain ? throw RecoveryErrors.LivesAgain(account) : new(Stage.Done, wasLost);
    }

    // Another account of that name may have been created and deleted since.
    private bool IsMeant(DeletedCognitiveAccount found) =>
        AccountReader.AreSame(account, found.InternalId)
        && (account.DeletionDate is null || found.DeletionDate is null || account.DeletionDate == found.DeletionDate);
}
