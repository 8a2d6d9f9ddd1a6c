using System.Collections.Concurrent;
using CogRecover.Core;

namespace CogRecover.Listing;

/// <summary>
/// Adds who deleted accounts, and remembers where that isn't known. Safe to be used from many threads.
/// </summary>
internal sealed class DeletedByReport
{
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, string> unknown = new();

    /// <summary>What to tell the user at the end, once; null for nothing.</summary>
    public string? Warning
    {
        get
        {
            if (unknown.IsEmpty) return null;
            string reasons = string.Join(" ", unknown.Values.Where(reason => reason.Length > 0).Distinct()
                .Select(reason => char.ToUpperInvariant(reason[0]) + reason.Substring(1)));
            return $"Who deleted {unknown.Count} of the accounts isn't known from the Activity Log, such as "
                + $"'{unknown.Keys.First()}'. {reasons}".TrimEnd();
        }
    }

    /// <summary>Asks the Activity Log of the accounts' subscription.</summary>
    /// <param name="recovery">The engine.</param>
    /// <param name="accounts">Accounts of one subscription.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The accounts, with who deleted them as far as that is known.</returns>
    public async Task<IReadOnlyList<DeletedCognitiveAccount>> AddAsync(
        AccountRecovery recovery, IReadOnlyList<DeletedCognitiveAccount> accounts, CancellationToken cancellationToken)
    {
        (IReadOnlyList<DeletedCognitiveAccount> found, string? reason) = await recovery.Deletions.FindCallersAsync(
            accounts[0].SubscriptionId, accounts, cancellationToken).ConfigureAwait(false);
        foreach (DeletedCognitiveAccount account in found.Where(account => account.DeletedBy is null))
            unknown[account] = reason ?? "";
        return found;
    }
}
