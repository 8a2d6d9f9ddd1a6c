using CogRecover.Bench.Processes;
using CogRecover.Core;
using CogRecover.Core.Http;

namespace CogRecover.Bench;

/// <summary>
/// The engine without PowerShell: the very assemblies that the staged module has loaded. So the module has to have run
/// a command before this type is touched.
/// </summary>
internal static class StagedEngine
{
    /// <summary>Lists the first subscription's deleted accounts.</summary>
    /// <exception cref="RecoveryException">The list can't be read, or an account in it.</exception>
    public static IAsyncEnumerable<IReadOnlyList<DeletedCognitiveAccount>> ListAsync(
        Uri arm, CancellationToken cancellationToken)
    {
        var token = new ArmToken("bench", DateTimeOffset.UtcNow.AddHours(1));
        var recovery = new AccountRecovery(new ArmConnection(arm, _ => Task.FromResult(token)), cancellationToken);
        return recovery.Accounts.ListAsync(ArmProcess.SubscriptionId, unreadable: e => throw e, cancellationToken);
    }

    /// <summary>Lists the first subscription's deleted accounts and drops them.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> CountAsync(Uri arm, CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (var page in ListAsync(arm, cancellationToken).ConfigureAwait(false)) count += page.Count;
        return count;
    }
}
