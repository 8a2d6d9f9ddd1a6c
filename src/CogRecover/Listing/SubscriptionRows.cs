namespace CogRecover.Listing;

/// <summary>The accounts of one subscription on their way to the user: soonest to expire first as far as they are known
/// by then, and not mixed with those of another subscription.</summary>
/// <param name="turn">The right to write, which one subscription has at a time.</param>
/// <param name="write">Takes accounts in the order in which they are shown.</param>
internal sealed class SubscriptionRows(SemaphoreSlim turn, Func<DeletedCognitiveAccount[], Task> write)
{
    // What is held isn't seen yet: the rest of a long list comes page by page.
    private const int MostPagesHeld = 3;

    private readonly List<DeletedCognitiveAccount> held = [];
    private Task writing = Task.CompletedTask;
    private int pages;
    private bool hasTurn;

    /// <summary>The order in which accounts are shown. What nobody knows the end of comes last.</summary>
    public static DeletedCognitiveAccount[] InOrder(IEnumerable<DeletedCognitiveAccount> accounts) =>
        [.. accounts.OrderBy(account => account.ScheduledPurgeDate ?? DateTime.MaxValue)
            .ThenBy(account => account.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Takes a page. That of a long list is written while the next one is read.</summary>
    public async Task AddAsync(IEnumerable<DeletedCognitiveAccount> page, CancellationToken cancellationToken)
    {
        held.AddRange(page);
        if (++pages < MostPagesHeld) return;
        await TakeTurnAsync(cancellationToken);
        await writing;
        writing = WriteHeldAsync();
    }

    /// <summary>Writes what is held, and lets the next subscription write.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (held.Count > 0) await TakeTurnAsync(cancellationToken);
        await writing;
        await WriteHeldAsync();
        if (hasTurn) turn.Release();
    }

    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (hasTurn) return;
        await turn.WaitAsync(cancellationToken);
        hasTurn = true;
    }

    private Task WriteHeldAsync()
    {
        if (held.Count == 0) return Task.CompletedTask;
        DeletedCognitiveAccount[] rows = InOrder(held);
        held.Clear();
        return write(rows);
    }
}
