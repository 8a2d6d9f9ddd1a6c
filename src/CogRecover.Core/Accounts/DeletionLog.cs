using System.Text.Json;
using CogRecover.Core.Arm;
using CogRecover.Core.Json;

namespace CogRecover.Core.Accounts;

/// <summary>Finds who deleted accounts, in the Activity Log of their subscription.</summary>
public sealed class DeletionLog
{
    private readonly SharedReads reads;

    internal DeletionLog(SharedReads reads) => this.reads = reads;

    private const string Delete = "Microsoft.CognitiveServices/accounts/delete";

    // The event and the date on the account come from two clocks, and a deletion takes a while.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(30);

    /// <summary>Finds who deleted accounts, with one query over the span of the deletions.</summary>
    /// <param name="subscriptionId">The subscription of all the accounts.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The accounts with who deleted them, as far as the log knows, and why it couldn't be read; null if it could.
    /// </returns>
    public async Task<(IReadOnlyList<DeletedCognitiveAccount> Accounts, string? Reason)> FindCallersAsync(
        string subscriptionId, IReadOnlyList<DeletedCognitiveAccount> accounts,
        CancellationToken cancellationToken = default)
    {
        DateTime[] dates = [.. accounts.Select(account => account.DeletionDate).OfType<DateTime>()];
        if (dates.Length == 0) return (accounts, null);
        SharedRead<List<JsonElement>> events = await reads.ListAsync(
            reads.Addresses.Deletions(subscriptionId, dates.Min() - Tolerance, dates.Max() + Tolerance), cancellationToken)
            .ConfigureAwait(false);
        if (events.Value is null) return (accounts, events.Reason);
        ILookup<string, JsonElement> deletions = events.Value.Where(IsDeletion).ToLookup(
            deletion => deletion.Text("resourceId") ?? "", StringComparer.OrdinalIgnoreCase);
        return ([.. accounts.Select(account => account.By(deletions[account.AccountId]
            .Select(deletion => (Caller: deletion.Text("caller"), Gap: Gap(deletion, account)))
            .Where(deletion => deletion.Gap <= Tolerance)
            .OrderBy(deletion => deletion.Gap)
            .FirstOrDefault().Caller))], null);
    }

    private static bool IsDeletion(JsonElement logged) =>
        Delete.Equals(logged.Child("operationName").Text("value"), StringComparison.OrdinalIgnoreCase)
        && "Succeeded".Equals(logged.Child("status").Text("value"), StringComparison.OrdinalIgnoreCase);

    private static TimeSpan Gap(JsonElement deletion, DeletedCognitiveAccount account) =>
        deletion.Text("eventTimestamp").AsDate() is { } at && account.DeletionDate is { } deleted
            ? (at - deleted).Duration()
            : TimeSpan.MaxValue;
}
