using CogRecover.Core.References;

namespace CogRecover.Core.Errors;

/// <summary>An account wasn't purged.</summary>
internal static class PurgeErrors
{
    internal static RecoveryException LivesAgain(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.PurgeFailed,
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}' wasn't purged: it lives again. "
        + "Somebody has restored it meanwhile.",
        $"Run {NextCommand.GetLive(AccountReference.Of(account))} to see it. To be rid of it, delete it and purge it then.");

    internal static RecoveryException DeletedAgain(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.PurgeFailed,
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}' wasn't purged: somebody has restored "
        + "it meanwhile, and it was deleted again.",
        $"Run {NextCommand.GetDeleted(account)} to see it. To be rid of it, pipe that into Remove-DeletedCognitiveAccount.");

    internal static RecoveryException StillDeleted(DeletedCognitiveAccount account) => new(
        RecoveryErrorId.PurgeFailed,
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}' wasn't purged: the service answered "
        + "that nothing is there to purge, and still has it among the soft-deleted.",
        $"Run {NextCommand.GetDeleted(account)} to see whether it is still there, then purge it again.");

    internal static RecoveryException PurgeEnded(DeletedCognitiveAccount account, string state) => new(
        RecoveryErrorId.PurgeFailed,
        $"Account '{account.Name}' in resource group '{account.ResourceGroupName}' was being purged, and that has ended "
        + $"{state}.",
        $"Run Get-DeletedCognitiveAccount -Name '{NextCommand.Quote(account.Name)}' to see what it is, then purge it again.");
}
