namespace CogRecover.Core.Accounts;

/// <summary>Finds who deleted accounts, in the Activity Log of their subscription.</summary>
internal sealed class DeletionLog(SharedReads reads)
{
    // The event and the account's date come from two clocks, and a deletion takes a while.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(30);

    /// <summary>Adds who deleted accounts of one subscription, with one query over the span of their
    /// deletions.</summary>
    /// <returns>The accounts, with who deleted them where the log has it, and why the log can't be read; null if it
    /// can.</returns>
    public async Task<(IReadOnlyList<DeletedCognitiveAccount> Accounts, string? Reason)> AddDeletedByAsync(
        IReadOnlyList<DeletedCognitiveAccount> accounts, CancellationToken cancellationToken = default)
    {
        DateTime[] dates = [.. accounts.Select(account => account.DeletionDate).OfType<DateTime>()];
        if (dates.Length == 0) return (accounts, null);
        Uri address = reads.Addresses.Deletions(
            accounts[0].SubscriptionId, dates.Min() - Tolerance, dates.Max() + Tolerance);
        SharedRead<List<JsonElement>> events = await reads.ListAsync(address, cancellationToken).ConfigureAwait(false);
        if (events.Value is null) return (accounts, events.Reason);
        ILookup<string?, JsonElement> deletions = events.Value.Where(IsDeletion)
            .ToLookup(deletion => deletion.Text("resourceId"), StringComparer.OrdinalIgnoreCase);
        return ([.. accounts.Select(account =>
            account.WithDeletedBy(CallerOf(account, deletions[account.AccountId])))], null);
    }

    private static bool IsDeletion(JsonElement logged) =>
        Is(logged.Child("operationName"), "Microsoft.CognitiveServices/accounts/delete")
        && Is(logged.Child("status"), "Succeeded");

    private static bool Is(JsonElement named, string value) =>
        value.Equals(named.Text("value"), StringComparison.OrdinalIgnoreCase);

    private static string? CallerOf(DeletedCognitiveAccount account, IEnumerable<JsonElement> deletions) => deletions
        .Select(deletion => (Caller: deletion.Text("caller"),
            Gap: (deletion.Text("eventTimestamp").AsDate() - account.DeletionDate)?.Duration()))
        .Where(deletion => deletion.Gap <= Tolerance)
        .OrderBy(deletion => deletion.Gap)
        .FirstOrDefault().Caller;
}
