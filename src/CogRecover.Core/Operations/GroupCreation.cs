using System.Text.Json;
using Azure;
using CogRecover.Core.Accounts;
using CogRecover.Core.Arm;
using CogRecover.Core.Errors;
using CogRecover.Core.References;

namespace CogRecover.Core.Operations;

/// <summary>The creation of an account's resource group, in the account's location.</summary>
internal sealed class GroupCreation(ArmRequests arm, ArmAddresses addresses, DeletedCognitiveAccount account)
    : IAccountOperation<bool>
{
    private readonly AccountReference reference = AccountReference.Of(account);

    public ArmFailure Failure { get; } = ArmFailure.OfGroup(account);

    public Task<Finding<bool>> VerifyAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new Finding<bool>(Stage.Untouched));

    public Task<Operation> StartAsync(CancellationToken cancellationToken) =>
        arm.StartGroupAsync(reference, cancellationToken);

    public Finding<bool> Read(Response answer, bool wasLost) => new(Stage.Done, true);

    public bool MayBeDone(ArmError refusal) => false;

    public async Task<Finding<bool>> LookAsync(bool wasLost, CancellationToken cancellationToken)
    {
        using JsonDocument? group = await arm.TryGetAsync(
            addresses.ResourceGroup(reference), ArmJson.Default.JsonDocument, cancellationToken).ConfigureAwait(false);
        return group is null ? new(Stage.Untouched) : new(Stage.Done, true);
    }
}
