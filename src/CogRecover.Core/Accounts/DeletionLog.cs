namespace CogRecover.Core.Accounts;

/// <summary>Finds who deleted accounts, in the Activity Log of their subscription. Where it has no deletion of the
/// account itself, who deleted its resource group has deleted it.</summary>
internal sealed class DeletionLog(SharedReads reads)
{
    // The event and the account's date come from two clocks, and a deletion takes a while.
    private static readonly LogQuery OfAccount = new(
        AccountId.Provider, "Microsoft.CognitiveServices/accounts/delete", account => account.AccountId,
        Tolerance: TimeSpan.FromMinutes(30), Skew: TimeSpan.FromMinutes(30));

    // A group's deletion begins before those of its accounts and ends after them: mostly minutes, but more than an hour
    // where the group has gateways or clusters. The skew is that of the two clocks.
    private static readonly LogQuery OfGroup = new(
        "Microsoft.Resources", "Microsoft.Resources/subscriptions/resourceGroups/delete",
        account => $"/subscriptions/{account.SubscriptionId}/resourceGroups/{account.ResourceGroupName}",
        Tolerance: TimeSpan.FromHours(2), Skew: TimeSpan.FromMinutes(5));

    /// <summary>Whether the log was asked for who deleted an account.</summary>
    public static bool WasRead(DeletedCognitiveAccount account) => account.IsDeletedByRead;

    /// <summary>Adds who deleted accounts of one subscription, with one query over the span of their deletions, and
    /// another one if some of them have no deletion of their own.</summary>
    /// <returns>The accounts, with who deleted them where the log has it, and the failure where the log can't be read;
    /// null if it can.</returns>
    public async Task<(IReadOnlyList<DeletedCognitiveAccount> Accounts, RecoveryException? Failure)> AddDeletedByAsync(
        IReadOnlyList<DeletedCognitiveAccount> accounts, CancellationToken cancellationToken = default)
    {
        (DeletedCognitiveAccount[] read, RecoveryException? failure) = await AddAsync(
            [.. accounts], OfAccount, cancellationToken).ConfigureAwait(false);
        DeletedCognitiveAccount[] unknown = [.. read.Where(account => account.DeletedBy is null)];
        if (failure is not null || unknown.Length == 0) return (read, failure);
        (DeletedCognitiveAccount[] readAgain, failure) = await AddAsync(unknown, OfGroup, cancellationToken)
            .ConfigureAwait(false);
        return ([.. read.Where(account => account.DeletedBy is not null), .. readAgain], failure);
    }

    private async Task<(DeletedCognitiveAccount[] Accounts, RecoveryException? Failure)> AddAsync(
        DeletedCognitiveAccount[] accounts, LogQuery query, CancellationToken cancellationToken)
    {
        DateTime[] dates = [.. accounts.Select(account => account.DeletionDate).OfType<DateTime>()];
        if (dates.Length == 0) return (Unknown(), null);
        string subscription = accounts[0].SubscriptionId;
        Uri address = reads.Addresses.ActivityLog(
            subscription, query.Provider, dates.Min() - query.Tolerance, dates.Max() + query.Tolerance);
        SharedRead<List<JsonElement>> events = await reads.ListAsync(address, cancellationToken).ConfigureAwait(false);
        if (events.Value is null)
            return (Unknown(), LookupErrors.NoActivityLog(
                subscription, events.Reason, events.ErrorId ?? RecoveryErrorId.ServiceUnavailable));
        ILookup<string, LoggedDeletion> deletions = LoggedDeletion.Read(events.Value, query.Operation)
            .ToLookup(deletion => deletion.ResourceId, StringComparer.OrdinalIgnoreCase);
        return ([.. accounts.Select(account => account.WithDeletedBy(account.DeletionDate is { } date
            ? CallerOf(date, deletions[query.ResourceId(account)], query)
            : null))], null);

        DeletedCognitiveAccount[] Unknown() =>
            [.. accounts.Select(account => account.WithDeletedBy(account.DeletedBy))];
    }

    private static string? CallerOf(DateTime date, IEnumerable<LoggedDeletion> deletions, LogQuery query) => deletions
        .Select(deletion => (deletion.Caller, Gap: deletion.GapTo(date, query.Skew)))
        .Where(deletion => deletion.Gap <= query.Tolerance)
        .OrderBy(deletion => deletion.Gap)
        .FirstOrDefault().Caller;

    /// <summary>Which deletions in the log are looked for.</summary>
    /// <param name="Provider">The provider whose events are read.</param>
    /// <param name="ResourceId">The id of what was deleted together with an account.</param>
    /// <param name="Tolerance">How far from the account's deletion its begin or its end may be.</param>
    /// <param name="Skew">How long after the account's deletion it may begin, and how long before that end.</param>
    private sealed record LogQuery(
        string Provider, string Operation, Func<DeletedCognitiveAccount, string> ResourceId, TimeSpan Tolerance,
        TimeSpan Skew);
}
