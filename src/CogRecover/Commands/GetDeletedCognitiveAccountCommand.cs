using System.Collections.Concurrent;
using System.Management.Automation;
using CogRecover.Completion;
using CogRecover.Core.Errors;
using CogRecover.Core.References;
using CogRecover.Input;
using CogRecover.Listing;
using CogRecover.Pipeline;

namespace CogRecover.Commands;

/// <summary>Lists the soft-deleted Azure Cognitive Services accounts that can still be restored or purged.</summary>
[Cmdlet(VerbsCommon.Get, "DeletedCognitiveAccount", DefaultParameterSetName = FilterSet, HelpUri = OnlineHelp)]
[OutputType(typeof(DeletedCognitiveAccount))]
public sealed class GetDeletedCognitiveAccountCommand : RecoveryCommand
{
    private const string FilterSet = "Filter";
    private const string ResourceIdSet = "ResourceId";
    private const string AllSubscriptionsSet = "AllSubscriptions";

    private readonly ListProgress progress = new();

    // What waits for who deleted it.
    private readonly ConcurrentQueue<DeletedCognitiveAccount> held = new();
    private readonly DeletedByReport deletedBy = new();

    private readonly HashSet<string> streamed = new(StringComparer.OrdinalIgnoreCase);
    private bool isNamed;

    /// <summary>Names to look for. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = FilterSet)]
    [Parameter(Position = 0, ParameterSetName = AllSubscriptionsSet)]
    [Alias("AccountName")]
    [SupportsWildcards]
    [TrimNames]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Resource groups to look in. Wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [Alias("ResourceGroup", "Resource group")]
    [SupportsWildcards]
    [TrimNames]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? ResourceGroupName { get; set; }

    /// <summary>
    /// Regions to look in, in any spelling: <c>westus2</c> or <c>West US 2</c>. Wildcards are allowed.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [SupportsWildcards]
    [TrimNames]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? Location { get; set; }

    /// <summary>Kinds of account to look for, such as <c>OpenAI</c>. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [SupportsWildcards]
    [TrimNames]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? Kind { get; set; }

    /// <summary>
    /// The ids of the subscriptions to list, instead of the context's. Piped in, they are the property of that name, as
    /// of what Get-AzSubscription writes: a bare string could be a name as well.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [TrimNames]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? SubscriptionId { get; set; }

    /// <summary>Lists every enabled subscription that the context's tenant shows.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSubscriptionsSet)]
    public SwitchParameter AllSubscriptions { get; set; }

    /// <summary>Only accounts that the service will purge within this time.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [ValidateNotNull]
    [ValidateDuration]
    public TimeSpan? ExpiringWithin { get; set; }

    /// <summary>
    /// Resource ids of deleted accounts, or those that the accounts had while they lived. The names that
    /// a piped object has beside one must agree with it.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Alias("Id")]
    [TrimNames]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? ResourceId { get; set; }

    /// <summary>
    /// When the accounts were deleted: a date, or text in ISO 8601 or the form of the current culture. What was deleted
    /// at another time isn't listed. Objects and files that Get-DeletedCognitiveAccount or Az wrote bring it along.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Alias("Properties")]
    public object? DeletionDate { get; set; }

    /// <summary>Adds who deleted each account, from the Activity Log.</summary>
    [Parameter]
    public SwitchParameter IncludeDeletedBy { get; set; }

    /// <summary>Starts the list that this input asks for.</summary>
    protected override void ProcessRecord()
    {
        Pump.Refreshing = ShowProgress;
        var row = new InputRow(Typed, MyInvocation.ExpectingInput, lists: true)
        {
            Name = Name,
            ResourceGroupName = ResourceGroupName,
            Location = Location,
            SubscriptionId = SubscriptionId,
            ResourceId = ResourceId,
            DeletionDate = DeletionDate,
        };
        if (Accept(row)) Start(row);
        Pump.RunPending();
    }

    private void Start(InputRow row)
    {
        isNamed = true;
        string[] names = [.. row.Names.Where(name => name[0] != '/')];
        string[] paths = [.. row.Names.Where(name => name[0] == '/')];
        if (paths.Length > 0)
        {
            StartLookUps(paths, names: [], row.Deletion);
            if (names.Length + row.Ids.Length == 0) return;
        }

        if (AllSubscriptions)
            StartList(row, names, once: false, Recovery.Accounts.ListSubscriptionsAsync);
        else if (row.Kind == RowKind.Ids)
            StartLookUps(row.Ids, names, row.Deletion);
        else
            StartList(row, names);
    }

    private void StartList(InputRow row, string[] names)
    {
        string[] subscriptions = [.. (Given(SubscriptionId) ?? [RequireContextSubscription()])
            .Distinct(StringComparer.OrdinalIgnoreCase)];

        // What Get-AzSubscription writes has the subscription's own name and id.
        bool isSubscription = row.Ids is [var id] && subscriptions is [var only] && id == only;

        // Rows that are piped in mostly ask for the same subscription: from the second on, one list serves all.
        bool once = MyInvocation.ExpectingInput
            && (Given(SubscriptionId) is null || !Array.TrueForAll(subscriptions, streamed.Add));
        StartList(row, isSubscription ? null : names, once, _ => SubscriptionListing.Each(subscriptions));
    }

    // An empty cell of a table is none.
    private static string[]? Given(string[]? cell) => cell is [] ? null : cell;

    /// <summary>Waits for the lists, and then for who deleted the accounts, which takes one query a subscription.
    /// </summary>
    protected override void EndProcessing()
    {
        if (HasBlank && !isNamed) WriteNothingNamed();
        base.EndProcessing();
        foreach (IGrouping<string, DeletedCognitiveAccount> accounts in held.GroupBy(account => account.SubscriptionId))
            Pump.Start(cancellation => WriteWithDeletedByAsync([.. accounts], cancellation));
        base.EndProcessing();
        if (progress.Completed() is { } completed) Output.WriteProgress(completed);
        if (deletedBy.Warning is { } warning) Output.WriteWarning(warning);
    }

    private void StartLookUps(string[] ids, string[] names, DeletionTime? deletion)
    {
        string[]? groups = ResourceGroupName?.Where(group => !AccountReference.IsProvider(group)).ToArray();
        string[]? subscriptions = Given(SubscriptionId);
        if (ReadFilter(Given(names), Given(groups), Given(Location), deletion) is not { } filter) return;
        foreach (string id in ids)
            Pump.Start(cancellation => GetAsync(id, filter, deletion, subscriptions, cancellation));
    }

    // What stands beside an id has to agree with it: whoever changed the one may mean the other.
    private async Task GetAsync(
        string resourceId, DeletedAccountFilter filter, DeletionTime? deletion, string[]? subscriptions,
        CancellationToken cancellationToken)
    {
        try
        {
            var reference = AccountReference.Parse(resourceId);
            if (subscriptions?.Contains(reference.SubscriptionId, StringComparer.OrdinalIgnoreCase) == false)
                throw InputErrors.Contradiction(reference, "subscription", subscriptions[0]);
            DeletedCognitiveAccount account = await Session.Limit.RunAsync(
                () => Recovery.Finder.FindAsync(reference, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (deletion?.Is(account.DeletionDate) == false)
                throw LookupErrors.DeletedAtAnotherTime(account, $"{deletion}", "listed");
            if (!filter.Matches(account)) throw LookupErrors.FilteredOut(account.Name);
            await WriteAsync(account).ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            await WriteFailureAsync(failure, resourceId).ConfigureAwait(false);
        }
    }

    private void ShowProgress()
    {
        if (progress.Report(Session.ThrottleStatus) is { } report) Output.WriteProgress(report);
    }

    // The parameters are those of this input, and the list goes on while the next one is bound.
    private void StartList(
        InputRow row, string[]? names, bool once, Func<CancellationToken, IAsyncEnumerable<string>> subscriptions)
    {
        if (Name is null) names = null;

        // A resource group has a location too, and its accounts have others.
        string[]? locations = names is null && row.CameWith(nameof(Location)) ? null : Given(Location);
        if (ReadFilter(names, Given(ResourceGroupName), locations, row.Deletion) is not { } filter) return;
        var listing = new SubscriptionListing(Recovery, Session.Limit, filter, progress)
        {
            Found = WriteAsync,
            Failed = WriteFailureAsync,
            ListsOnce = once,
        };
        Pump.Start(cancellation => listing.RunAsync(subscriptions(cancellation), Session.Context.TenantId, cancellation));
    }

    private DeletedAccountFilter? ReadFilter(
        string[]? names, string[]? groups, string[]? locations, DeletionTime? deletion)
    {
        try
        {
            return new DeletedAccountFilter(names, groups, Kind, locations, ExpiringWithin, deletion);
        }
        catch (WildcardPatternException e)
        {
            Output.WriteError(ErrorRecords.Malformed(e, names is null ? null : string.Join(", ", names)));
            return null;
        }
    }

    private Task WriteAsync(params DeletedCognitiveAccount[] accounts)
    {
        if (!IncludeDeletedBy) return Pump.PostAsync(() => Array.ForEach(accounts, Output.WriteObject));
        Array.ForEach(accounts, held.Enqueue);
        return Task.CompletedTask;
    }

    private async Task WriteWithDeletedByAsync(
        DeletedCognitiveAccount[] accounts, CancellationToken cancellationToken)
    {
        await Session.Limit.RunAsync(
            () => deletedBy.AddAsync(Recovery, accounts, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (DeletedCognitiveAccount account in accounts)
            await Pump.PostAsync(() => Output.WriteObject(account)).ConfigureAwait(false);
    }
}
