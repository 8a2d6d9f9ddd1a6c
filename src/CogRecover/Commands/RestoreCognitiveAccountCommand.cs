using System.Management.Automation;

namespace CogRecover.Commands;

/// <summary>
/// Restores soft-deleted Azure Cognitive Services accounts with their keys, endpoints, deployments and identities, and
/// writes the live accounts.
/// </summary>
[Cmdlet(VerbsData.Restore, "CognitiveAccount", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(CognitiveAccount))]
public sealed class RestoreCognitiveAccountCommand() : AccountOperationCommand("Restoring accounts")
{
    private protected override bool Confirm(DeletedCognitiveAccount account) => ShouldProcess(
        $"Restore {Describe(account)}",
        $"Restore {Describe(account)}?",
        "Restore a soft-deleted account");

    private protected override async Task<object?> OperateAsync(
        DeletedCognitiveAccount account, Action accepted, CancellationToken cancellationToken) =>
        await Recovery.RestoreAsync(account, Timeout, accepted, cancellationToken).ConfigureAwait(false);
}
