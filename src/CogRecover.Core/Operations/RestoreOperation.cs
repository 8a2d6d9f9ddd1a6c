using System.Text.Json;
using Azure;
using CogRecover.Core.Arm;

namespace CogRecover.Core.Operations;

/// <summary>The restore of a soft-deleted account.</summary>
internal sealed class RestoreOperation(ArmRequests arm, ArmAddresses addresses, DeletedCognitiveAccount account)
    : IAccountOperation<RestoreOutcome>
{
    private readonly AccountReference reference = AccountReference.Of(account);

    public ArmFailure Failure { get; } = ArmFailure.OfRestore(account);

    public async Task<Operation> StartAsync(CancellationToken cancellationToken) =>
        await arm.StartRestoreAsync(AccountId.Live(reference), reference.Location!, cancellationToken)
            .ConfigureAwait(false);

    public Finding<RestoreOutcome> Read(Response answer, bool wasLost)
    {
        using var body = JsonDocument.Parse(answer.Content);
        return Judge(AccountReader.ReadLive(body.RootElement), isOurs: true);
    }

    public bool MayBeDone(ArmError refusal) => refusal.Code == ArmError.NothingToRestore;

    public async Task<Finding<RestoreOutcome>> LookAsync(bool wasLost, CancellationToken cancellationToken)
    {
        using JsonDocument? live = await arm.TryGetAsync(addresses.LiveAccount(reference), cancellationToken)
            .ConfigureAwait(false);
        return live is null
            ? new(Stage.Untouched)
            : Judge(AccountReader.ReadLive(live.RootElement), isOurs: wasLost);
    }

    private Finding<RestoreOutcome> Judge(CognitiveAccount live, bool isOurs)
    {
        if (!AccountReader.AreSame(account, live.InternalId)) throw RecoveryErrors.AlreadyExists(account);
        return live.ProvisioningState?.ToUpperInvariant() switch
        {
            null or "SUCCEEDED" => new(Stage.Done, new RestoreOutcome(live, WasLiveAlready: !isOurs)),
            "FAILED" or "CANCELED" => throw RecoveryErrors.EndedBadly(reference, live.ProvisioningState!),
            _ => new(Stage.UnderWay, new RestoreOutcome(live, WasLiveAlready: !isOurs)),
        };
    }
}
