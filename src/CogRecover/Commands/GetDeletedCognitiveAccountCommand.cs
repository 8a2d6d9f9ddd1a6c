namespace CogRecover.Commands;

/// <summary>Lists the soft-deleted Azure Cognitive Services accounts that can still be restored or purged.</summary>
[Cmdlet(VerbsCommon.Get, "DeletedCognitiveAccount", DefaultParameterSetName = FilterSet, HelpUri = OnlineHelp)]
[OutputType(typeof(DeletedCognitiveAccount))]
public sealed class GetDeletedCognitiveAccountCommand : FilterCommand
{
    private const string ResourceIdSet = "ResourceId";

    private readonly HashSet<string> listed = new(StringComparer.OrdinalIgnoreCase);
    private DeletedByReport? deletedBy;
    private AccountListing? listing;

    /// <summary>Names to look for. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = FilterSet)]
    [Parameter(Position = 0, ParameterSetName = AllSubscriptionsSet)]
    [Alias("AccountName")]
    [SupportsWildcards, TrimNames]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Resource groups to look in. Wildcards are allowed.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Parameter(Position = 1, ParameterSetName = AllSubscriptionsSet)]
    [Alias("ResourceGroup", "Resource group")]
    [SupportsWildcards, TrimNames]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? ResourceGroupName { get; set; }

    /// <summary>Regions to look in, spelled <c>westus2</c> or <c>West US 2</c>. Wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [SupportsWildcards, TrimNames]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? Location { get; set; }

    /// <summary>The ids of the subscriptions to list, instead of the context's. Piped in, they are the property of that
    /// name, as of what Get-AzSubscription writes: a bare string could be a name as well.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [TrimNames]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? SubscriptionId { get; set; }

    /// <summary>Lists every enabled subscription that the context's tenant shows.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSubscriptionsSet)]
    public SwitchParameter AllSubscriptions { get; set; }

    /// <summary>Resource ids of deleted accounts, or those that the accounts had while they lived. The names that a
    /// piped object has beside one must agree with it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Alias("Id")]
    [TrimNames]
    [AllowNull, AllowEmptyCollection, AllowEmptyString]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? ResourceId { get; set; }

    /// <summary>When the accounts were deleted: a date, or text in ISO 8601 or the form of the current culture. What
    /// was deleted at another time isn't listed. Objects and files that Get-DeletedCognitiveAccount or Az wrote bring
    /// it along.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Alias("Properties")]
    public object? DeletionDate { get; set; }

    /// <summary>Hashtables with the names of parameters as keys, such as <c>Name</c>. Other keys are ignored.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = FilterSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary?[]? Row { get; set; }

    /// <summary>Adds who deleted each account, from the Activity Log.</summary>
    [Parameter]
    public SwitchParameter IncludeDeletedBy { get; set; }

    /// <summary>Starts to list or to find the accounts that this input names.</summary>
    protected override void ProcessRecord()
    {
        foreach (IDictionary? keys in Row is null or [] ? [null] : Row) Process(keys);
        Pump.RunPending();
    }

    /// <summary>Waits for the accounts, and then for who deleted them.</summary>
    protected override void EndProcessing()
    {
        EndInput();
        Pump.RunToEnd();
        foreach (DeletedCognitiveAccount[] accounts in deletedBy?.Held ?? [])
            Pump.Start(async cancellation =>
            {
                using IDisposable room = await Session.Limit.EnterAsync(cancellation);
                await deletedBy!.WriteAsync(
                    Recovery.Deletions, accounts, WriteAsync, WriteFailureAsync, cancellation);
            });
        Pump.RunToEnd();
        if (listing?.Progress.Completed is { } completed) Output.WriteProgress(completed);
        if (deletedBy?.Warning is { } warning) Output.WriteWarning(warning);
        foreach ((string sentence, string? meant) in deletedBy?.Unused ?? []) Note(sentence, meant);
        foreach (string name in Typed.Contains(nameof(Name)) ? Name ?? [] : [])
            if (deletedBy?.FindError(name) is { } failure) WriteFailure(failure, name);
    }

    private void Process(IDictionary? keys)
    {
        var values = new RowKeys(keys, MyInvocation.MyCommand, Typed);
        string[]? names = values.Texts("Name", Name);
        var row = new InputRow(
            names, values.Texts("ResourceGroupName", ResourceGroupName), values.Texts("Location", Location),
            values.Texts("SubscriptionId", SubscriptionId), values.Texts("ResourceId", ResourceId),
            values.Value("DeletionDate", DeletionDate))
        {
            Typed = Typed, ContextSubscription = RequireContextSubscription, IsHashtable = keys is not null,
            IsForList = true, IsPiped = MyInvocation.ExpectingInput,
        };
        try
        {
            if (Accept(row)) Start(row);
        }
        catch (WildcardPatternException e)
        {
            Output.WriteError(ErrorRecords.Malformed(e, names is null ? null : string.Join(", ", names)));
        }
    }

    private void Start(InputRow row)
    {
        if (IncludeDeletedBy || DeletedBy is not null) deletedBy ??= new(DeletedBy ?? []);
        AccountListing accounts = listing ??= new(Recovery, Session.Limit, Session.Context.TenantId)
        {
            Found = deletedBy is null ? WriteAsync : deletedBy.HoldAsync,
            Failed = WriteFailureAsync,
            Noted = (sentence, meant) => Pump.Post(() => Note(sentence, meant)),
        };
        Pump.Refreshing = ShowProgress;
        DeletedAccountFilter besideId = Filter(row.BesideId);
        foreach (AccountInput input in row.Accounts)
            Pump.Start(cancellation => accounts.FindAsync(input, besideId, cancellation));
        if (row.Listed is not { } patterns) return;

        // Rows mostly ask for the same subscription: from the second one on, one list serves all.
        string[]? subscriptions = AllSubscriptions ? null : row.Subscriptions;
        bool isListed = SubscriptionId is null or [] || subscriptions!.Count(listed.Add) < subscriptions!.Length;
        bool once = MyInvocation.ExpectingInput && isListed;
        DeletedAccountFilter filter = Filter(patterns);
        Pump.Start(cancellation => accounts.ListAsync(subscriptions, filter, once, cancellation));
    }

    private Task WriteAsync(DeletedCognitiveAccount[] accounts) =>
        Pump.PostAsync(() => Array.ForEach(accounts, Output.WriteObject));

    // What is piped in isn't typed, and may well have no deleted account.
    private void Note(string sentence, string? meant)
    {
        if (meant is null || MyInvocation.ExpectingInput) Output.WriteVerbose(sentence);
        else Output.WriteWarning($"{sentence} Did you mean '{meant}'?");
    }

    private void ShowProgress()
    {
        if (listing!.Progress.Report(Session.ThrottleStatus) is { } report) Output.WriteProgress(report);
    }
}
