namespace CogRecover.Listing;

/// <summary>Adds who deleted accounts, and counts those of which that isn't known. Thread-safe.</summary>
/// <param name="persons">Patterns of whom to list only; none for everybody.</param>
/// <exception cref="WildcardPatternException">A pattern is malformed.</exception>
internal sealed class DeletedByReport(string[] persons)
{
    private readonly Patterns patterns = new(persons);
    private readonly ConcurrentQueue<DeletedCognitiveAccount> held = new();
    private readonly ConcurrentDictionary<DeletedCognitiveAccount, string> unknown = new();

    /// <summary>The accounts that are held, by subscription.</summary>
    public IEnumerable<DeletedCognitiveAccount[]> Held =>
        held.GroupBy(account => account.SubscriptionId).Select(accounts => accounts.ToArray());

    /// <summary>What to warn the user of at the end; null for nothing.</summary>
    public string? Warning
    {
        get
        {
            if (unknown.IsEmpty) return null;
            string reasons = string.Join(" ", unknown.Values.Where(reason => reason.Length > 0).Distinct()
                .Select(reason => char.ToUpperInvariant(reason[0]) + reason.Substring(1)));
            string leftOut = persons.Length == 0 ? "" : "They aren't listed. ";
            return $"The Activity Log doesn't tell who deleted {unknown.Count} of the accounts, such as "
                + $"'{unknown.Keys.First()}'. {leftOut}{reasons}".TrimEnd();
        }
    }

    /// <summary>The patterns that nobody who deleted an account matches, as a sentence each, and whom the user may have
    /// meant; null for nobody.</summary>
    public IEnumerable<(string Sentence, string? Meant)> Unused => patterns.Unseen.Texts.Select(person => (
        $"According to the Activity Log, no account was deleted by '{person}'.",
        Suggestion.For(person, patterns.Unseen.Seen)));

    /// <summary>Holds accounts until all are found, as one query serves a whole subscription.</summary>
    public Task HoldAsync(DeletedCognitiveAccount[] accounts)
    {
        Array.ForEach(accounts, held.Enqueue);
        return Task.CompletedTask;
    }

    /// <summary>Writes accounts of one subscription with who deleted them, if the Activity Log knows it.</summary>
    public async Task WriteAsync(
        DeletionLog log, DeletedCognitiveAccount[] accounts, Func<DeletedCognitiveAccount[], Task> write,
        CancellationToken cancellationToken)
    {
        (IReadOnlyList<DeletedCognitiveAccount> completed, string? reason) =
            await log.AddDeletedByAsync(accounts, cancellationToken);
        foreach (DeletedCognitiveAccount account in completed.Where(account => account.DeletedBy is null))
            unknown[account] = reason ?? "";
        await write(SubscriptionRows.InOrder(completed.Where(IsWanted)));
    }

    private bool IsWanted(DeletedCognitiveAccount account)
    {
        string[] parts = account.DeletedBy is { } name ? [.. CallerName.Parts(name)] : [];
        Array.ForEach(parts, part => patterns.Note(part, isMatch: true));
        return persons.Length == 0 || Array.Exists(parts, patterns.Match);
    }
}
