using System.Collections.Concurrent;
using System.Management.Automation;
using CogRecover.Core.Errors;
using CogRecover.Core.References;
using CogRecover.Input;
using CogRecover.Pipeline;
using CogRecover.SignIn;

namespace CogRecover.Listing;

/// <summary>Writes the soft-deleted accounts that the inputs of a command ask for.</summary>
/// <param name="session">What the command works with.</param>
/// <param name="includesDeletedBy">Whether to add who deleted each account.</param>
internal sealed class AccountListing(CommandSession session, bool includesDeletedBy)
{
    private readonly ListProgress progress = new();
    private readonly DeletedByReport deletedBy = new();

    // What waits for who deleted it.
    private readonly ConcurrentQueue<DeletedCognitiveAccount> held = new();

    // The subscriptions whose lists were streamed, rather than kept for other inputs.
    private readonly HashSet<string> streamed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Kinds of account to let through, with wildcards; null for all.</summary>
    public string[]? Kinds { get; init; }

    /// <summary>How soon the service must purge an account to let it through; null for whenever.</summary>
    public TimeSpan? ExpiringWithin { get; init; }

    /// <summary>Starts to list what an input asks for.</summary>
    /// <param name="row">The input.</param>
    /// <param name="isPiped">Whether there may be more inputs.</param>
    /// <param name="contextSubscription">Gives the subscription where the input has none; null for all of the tenant.
    /// </param>
    public void Start(InputRow row, bool isPiped, Func<string>? contextSubscription)
    {
        session.Pump.Refreshing = ShowProgress;
        string[] names = [.. row.Names.Where(name => name[0] != '/')];
        string[] paths = [.. row.Names.Where(name => name[0] == '/')];
        if (paths.Length > 0) StartLookUps(row, paths, names: []);
        if (paths.Length > 0 && names.Length + row.Ids.Length == 0) return;
        if (contextSubscription is null)
        {
            StartList(row, names, once: false, session.Recovery.Accounts.ListSubscriptionsAsync);
        }
        else if (row.Kind == RowKind.Ids)
        {
            StartLookUps(row, row.Ids, names);
        }
        else
        {
            string[] subscriptions = [.. (Given(row.SubscriptionId) ?? [contextSubscription()])
                .Distinct(StringComparer.OrdinalIgnoreCase)];

            // What Get-AzSubscription writes has the subscription's own name and id.
            bool isSubscription = row.Ids is [var id] && subscriptions is [var only] && id == only;

            // Rows that are piped in mostly ask for the same subscription: from the second on, one list serves all.
            bool once = isPiped
                && (Given(row.SubscriptionId) is null || !Array.TrueForAll(subscriptions, streamed.Add));
            StartList(row, isSubscription ? null : names, once, _ => SubscriptionListing.Each(subscriptions));
        }
    }

    /// <summary>Waits for the lists, and then for who deleted the accounts, which takes one query a subscription.
    /// </summary>
    public void Finish()
    {
        session.Pump.RunToEnd();
        foreach (IGrouping<string, DeletedCognitiveAccount> accounts in held.GroupBy(account => account.SubscriptionId))
            session.Pump.Start(cancellation => WriteWithDeletedByAsync([.. accounts], cancellation));
        session.Pump.RunToEnd();
        if (progress.Completed() is { } completed) session.Output.WriteProgress(completed);
        if (deletedBy.Warning is { } warning) session.Output.WriteWarning(warning);
    }

    private void StartLookUps(InputRow row, string[] ids, string[] names)
    {
        string[]? groups = row.ResourceGroupName?.Where(group => !AccountReference.IsProvider(group)).ToArray();
        if (ReadFilter(Given(names), Given(groups), Given(row.Location), row.Deletion) is not { } filter) return;
        foreach (string id in ids)
            session.Pump.Start(cancellation => LookUpAsync(row, id, filter, cancellation));
    }

    // What stands beside an id has to agree with it: whoever changed the one may mean the other.
    private async Task LookUpAsync(
        InputRow row, string id, DeletedAccountFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            var reference = AccountReference.Parse(id);
            if (Given(row.SubscriptionId) is { } subscriptions
                && !subscriptions.Contains(reference.SubscriptionId, StringComparer.OrdinalIgnoreCase))
                throw InputErrors.Contradiction(reference, "subscription", subscriptions[0]);
            DeletedCognitiveAccount account = await session.Limit.RunAsync(
                () => session.Recovery.Finder.FindAsync(reference, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (row.Deletion?.Is(account.DeletionDate) == false)
                throw LookupErrors.DeletedAtAnotherTime(account, $"{row.Deletion}", "listed");
            if (!filter.Matches(account)) throw LookupErrors.FilteredOut(account.Name);
            await WriteAsync(account).ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            await WriteFailureAsync(failure, id).ConfigureAwait(false);
        }
    }

    private void StartList(
        InputRow row, string[]? names, bool once, Func<CancellationToken, IAsyncEnumerable<string>> subscriptions)
    {
        if (row.Name is null) names = null;

        // A resource group has a location too, and its accounts have others.
        string[]? locations = names is null && row.CameWith(nameof(row.Location)) ? null : Given(row.Location);
        if (ReadFilter(names, Given(row.ResourceGroupName), locations, row.Deletion) is not { } filter) return;
        var listing = new SubscriptionListing(session.Recovery, session.Limit, filter, progress)
        {
            Found = WriteAsync,
            Failed = WriteFailureAsync,
            ListsOnce = once,
        };
        session.Pump.Start(
            cancellation => listing.RunAsync(subscriptions(cancellation), session.Context.TenantId, cancellation));
    }

    private DeletedAccountFilter? ReadFilter(
        string[]? names, string[]? groups, string[]? locations, DeletionTime? deletion)
    {
        try
        {
            return new DeletedAccountFilter(names, groups, Kinds, locations, ExpiringWithin, deletion);
        }
        catch (WildcardPatternException e)
        {
            session.Output.WriteError(ErrorRecords.Malformed(e, names is null ? null : string.Join(", ", names)));
            return null;
        }
    }

    private Task WriteAsync(params DeletedCognitiveAccount[] accounts)
    {
        if (!includesDeletedBy)
            return session.Pump.PostAsync(() => Array.ForEach(accounts, session.Output.WriteObject));
        Array.ForEach(accounts, held.Enqueue);
        return Task.CompletedTask;
    }

    private Task WriteFailureAsync(RecoveryException failure, string? target) =>
        session.Pump.PostAsync(() => session.Output.WriteError(ErrorRecords.From(failure, target)));

    private async Task WriteWithDeletedByAsync(
        DeletedCognitiveAccount[] accounts, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeletedCognitiveAccount> completed = await session.Limit.RunAsync(
            () => deletedBy.AddAsync(session.Recovery, accounts, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        foreach (DeletedCognitiveAccount account in completed)
            await session.Pump.PostAsync(() => session.Output.WriteObject(account)).ConfigureAwait(false);
    }

    private void ShowProgress()
    {
        if (progress.Report(session.ThrottleStatus) is { } report) session.Output.WriteProgress(report);
    }

    // An empty cell of a table is none.
    private static string[]? Given(string[]? cell) => cell is [] ? null : cell;
}
