using System.Text.Json;
using CogRecover.Core.Arm;
using CogRecover.Core.Json;

namespace CogRecover.Core.Accounts;

/// <summary>Finds who deleted accounts, in the Activity Log of their subscription.</summary>
public sealed class DeletionLog
{
    private readonly ArmAddresses addresses;
    private readonly ArmLookups lookups;

    internal DeletionLog(ArmAddresses addresses, ArmLookups lookups) =>
        (this.addresses, this.lookups) = (addresses, lookups);

    private const string Delete = "Microsoft.CognitiveServices/accounts/delete";

    // The event and the date on the account come from two clocks, and a deletion takes a while.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Sets <see cref="DeletedCognitiveAccount.DeletedBy"/> where the log knows it: one query over the span of the
    /// deletions.
    /// </summary>
    /// <param name="subscriptionId">The subscription of all the accounts.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>Why the log couldn't be read; null if it could.</returns>
    public async Task<string?> AddDeletedByAsync(
        string subscriptionId, IReadOnlyCollection<DeletedCognitiveAccount> accounts,
        CancellationToken cancellationToken)
    {
        DateTime[] dates = [.. accounts.Select(account => account.DeletionDate).OfType<DateTime>()];
        if (dates.Length == 0) return null;
        ArmLookup<List<JsonElement>> events = await lookups.ListAsync(
            addresses.Deletions(subscriptionId, dates.Min() - Tolerance, dates.Max() + Tolerance), cancellationToken)
            .ConfigureAwait(false);
        if (events.Value is null) return events.Reason;
        ILookup<string, JsonElement> deletions = events.Value.Where(IsDeletion).ToLookup(
            deletion => deletion.Text("resourceId") ?? "", StringComparer.OrdinalIgnoreCase);
        foreach (DeletedCognitiveAccount account in accounts)
            account.DeletedBy = deletions[account.AccountId]
                .Select(deletion => (Caller: deletion.Text("caller"), Gap: Gap(deletion, account)))
                .Where(deletion => deletion.Gap <= Tolerance)
                .OrderBy(deletion => deletion.Gap)
                .FirstOrDefault().Caller;
        return null;
    }

    private static bool IsDeletion(JsonElement logged) =>
        Delete.Equals(logged.Child("operationName").Text("value"), StringComparison.OrdinalIgnoreCase)
        && "Succeeded".Equals(logged.Child("status").Text("value"), StringComparison.OrdinalIgnoreCase);

    private static TimeSpan Gap(JsonElement deletion, DeletedCognitiveAccount account) =>
        deletion.Text("eventTimestamp").AsDate() is { } at && account.DeletionDate is { } deleted
            ? (at - deleted).Duration()
            : TimeSpan.MaxValue;
}
