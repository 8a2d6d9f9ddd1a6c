namespace CogRecover.Listing;

/// <summary>Adds who deleted accounts, and counts those of which that isn't known. Thread-safe.</summary>
/// <param name="persons">Patterns of whom to list only; none for everybody.</param>
/// <exception cref="WildcardPatternException">A pattern is malformed.</exception>
internal sealed class DeletedByReport(string[] persons)
{
    private readonly Patterns patterns = new(persons);
    private readonly ConcurrentQueue<DeletedCognitiveAccount> held = new();
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, string> unknown = new();

    // The subscription of an account that isn't listed, by its name; null where one of the name is.
    private readonly ConcurrentDictionary<string, string?> leftOut = new(StringComparer.OrdinalIgnoreCase);
    private volatile bool hasFailed;

    /// <summary>The accounts that are held, by subscription.</summary>
    public IEnumerable<DeletedCognitiveAccount[]> Held =>
        held.GroupBy(account => account.SubscriptionId).Select(accounts => accounts.ToArray());

    /// <summary>What to warn the user of at the end; null for nothing.</summary>
    public string? Warning
    {
        get
        {
            if (unknown.IsEmpty) return null;
            string reasons = string.Join(" ", unknown.Values.Where(reason => reason.Length > 0).Distinct());
            string notListed = persons.Length == 0 ? "" : "They aren't listed. ";
            return $"The Activity Log doesn't tell who deleted {unknown.Count} of the accounts, such as "
                + $"'{unknown.Keys.First()}'. {notListed}{reasons}".TrimEnd();
        }
    }

    /// <summary>The patterns that nobody who deleted an account matches, as a sentence each, and whom the user may have
    /// meant; null for nobody.</summary>
    public IEnumerable<(string Sentence, string? Meant)> Unused => hasFailed
        ? []
        : patterns.Unseen.Texts.Select(person => (
            $"According to the Activity Log, no account was deleted by '{person}'.",
            Suggestion.For(person, patterns.Unseen.Seen)));

    /// <summary>The failure for a name whose accounts somebody else has deleted; null if there is none.</summary>
    public RecoveryException? FindError(string name) =>
        leftOut.TryGetValue(name, out string? subscription) && subscription is not null
            ? LookupErrors.FilteredOut(name, [subscription])
            : null;

    /// <summary>Holds accounts until all are found, as one query serves a whole subscription.</summary>
    public Task HoldAsync(DeletedCognitiveAccount[] accounts)
    {
        Array.ForEach(accounts, held.Enqueue);
        return Task.CompletedTask;
    }

    /// <summary>Writes accounts of one subscription with who deleted them, if the Activity Log knows it.</summary>
    /// <param name="fail">Takes a failure to read the log where persons are asked for, and the subscription.</param>
    public async Task WriteAsync(
        DeletionLog log, DeletedCognitiveAccount[] accounts, Func<DeletedCognitiveAccount[], Task> write,
        Func<RecoveryException, object?, Task> fail, CancellationToken cancellationToken)
    {
        (IReadOnlyList<DeletedCognitiveAccount> completed, RecoveryException? failure) =
            await log.AddDeletedByAsync(accounts, cancellationToken);
        if (failure is not null && persons.Length > 0)
        {
            // Who deleted some of them isn't known, and so not whether they are asked for.
            hasFailed = true;
            await fail(failure, accounts[0].SubscriptionId);
        }
        else
        {
            foreach (DeletedCognitiveAccount account in completed.Where(account => account.DeletedBy is null))
                unknown[account] = failure is null ? "" : $"{failure.Message} {failure.RecommendedAction}".Trim();
        }

        DeletedCognitiveAccount[] wanted = SubscriptionRows.InOrder(completed.Where(IsWanted));
        foreach (DeletedCognitiveAccount account in wanted) leftOut[account.Name] = null;
        foreach (DeletedCognitiveAccount account in completed.Except(wanted))
            leftOut.TryAdd(account.Name, account.SubscriptionId);
        await write(wanted);
    }

    private bool IsWanted(DeletedCognitiveAccount account)
    {
        if (persons.Length == 0) return true;
        if (account.DeletedBy is not { } name) return false;

        // What the module shows is taken as it is; the words in it are no name.
        string[] parts = [.. CallerName.Parts(name), .. persons.Where(person => person == name)];
        Array.ForEach(parts, part => patterns.Note(part, isMatch: true));
        return Array.Exists(parts, patterns.Match);
    }
}
