namespace CogRecover.Listing;

/// <summary>The accounts of one subscription on their way to the user: together, and soonest to expire first, as far as
/// they are known by then.</summary>
/// <param name="write">Takes accounts that are shown together.</param>
internal sealed class SubscriptionRows(Func<DeletedCognitiveAccount[], Task> write)
{
    // What is held isn't seen yet: the rest of a long list comes page by page.
    private const int MostPagesHeld = 3;

    private readonly List<DeletedCognitiveAccount> held = [];
    private Task writing = Task.CompletedTask;
    private int pages;

    /// <summary>The order in which accounts are shown. What nobody knows the end of comes last.</summary>
    public static DeletedCognitiveAccount[] InOrder(IEnumerable<DeletedCognitiveAccount> accounts) =>
        [.. accounts.OrderBy(account => account.ScheduledPurgeDate ?? DateTime.MaxValue)
            .ThenBy(account => account.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Takes a page. That of a long list is written while the next one is read.</summary>
    public async Task AddAsync(IEnumerable<DeletedCognitiveAccount> page)
    {
        held.AddRange(page);
        if (++pages < MostPagesHeld) return;
        await writing;
        writing = WriteHeldAsync();
    }

    /// <summary>Writes what is held.</summary>
    public async Task EndAsync()
    {
        await writing;
        await WriteHeldAsync();
    }

    private Task WriteHeldAsync()
    {
        if (held.Count == 0) return Task.CompletedTask;
        DeletedCognitiveAccount[] rows = InOrder(held);
        held.Clear();
        return write(rows);
    }
}
