namespace CogRecover.Commands;

/// <summary>Lists the soft-deleted Azure Cognitive Services accounts that can still be restored or purged.</summary>
[Cmdlet(VerbsCommon.Get, "DeletedCognitiveAccount", DefaultParameterSetName = FilterSet, HelpUri = OnlineHelp)]
[OutputType(typeof(DeletedCognitiveAccount))]
public sealed class GetDeletedCognitiveAccountCommand : RecoveryCommand
{
    private const string FilterSet = "Filter";
    private const string ResourceIdSet = "ResourceId";
    private const string AllSubscriptionsSet = "AllSubscriptions";

    private readonly HashSet<string> listed = new(StringComparer.OrdinalIgnoreCase);
    private DeletedByReport? deletedBy;
    private TagPatterns? tags;
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

    /// <summary>Kinds of account to look for, such as <c>OpenAI</c>. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [SupportsWildcards, TrimNames, ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? Kind { get; set; }

    /// <summary>Custom subdomains that deleted accounts hold, world-wide. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [Alias("CustomSubDomainName")]
    [SupportsWildcards, TrimNames, ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? SubDomainName { get; set; }

    /// <summary>The ids of the subscriptions to list, instead of the context's. Piped in, they are the property of that
    /// name, as of what Get-AzSubscription writes: a bare string could be a name as well.</summary>
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

    /// <summary>Tags of accounts: a name, <c>name=value</c>, or a hashtable of which all must match. Wildcards are
    /// allowed.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [SupportsWildcards, ValidateNotNullOrEmpty]
    public object[]? Tag { get; set; }

    /// <summary>Only accounts that were deleted at this time or later. Without a time zone it is local.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    public DateTime? DeletedAfter { get; set; }

    /// <summary>Only accounts that were deleted at this time or earlier. Without a time zone it is local.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    public DateTime? DeletedBefore { get; set; }

    /// <summary>Only accounts that one of these deleted: a user's name, the id of an application, or the id or name of
    /// a managed identity. Wildcards are allowed. It implies <see cref="IncludeDeletedBy"/>.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [SupportsWildcards, TrimNames, ValidateNotNullOrEmpty]
    public string[]? DeletedBy { get; set; }

    /// <summary>Resource ids of deleted accounts, or those that the accounts had while they lived. The names that a
    /// piped object has beside one must agree with it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Alias("Id")]
    [TrimNames]
    [AllowNull, AllowEmptyCollection, AllowEmptyString]
    public string[]? ResourceId { get; set; }

    /// <summary>When the accounts were deleted: a date, or text in ISO 8601 or the form of the current culture. What
    /// was deleted at another time isn't listed. Objects and files that Get-DeletedCognitiveAccount or Az wrote bring
    /// it along.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Alias("Properties")]
    public object? DeletionDate { get; set; }

    /// <summary>Adds who deleted each account, from the Activity Log.</summary>
    [Parameter]
    public SwitchParameter IncludeDeletedBy { get; set; }

    /// <summary>Starts to list or to find the accounts that this input names.</summary>
    protected override void ProcessRecord()
    {
        var row = new InputRow(Name, ResourceGroupName, Location, SubscriptionId, ResourceId, DeletionDate)
        {
            Typed = Typed, ContextSubscription = RequireContextSubscription,
            IsForList = true, IsPiped = MyInvocation.ExpectingInput,
        };
        try
        {
            if (Accept(row)) Start(row);
        }
        catch (WildcardPatternException e)
        {
            Output.WriteError(ErrorRecords.Malformed(e, Name is null ? null : string.Join(", ", Name)));
        }

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
                await deletedBy!.WriteAsync(Recovery.Deletions, accounts, WriteAsync, cancellation);
            });
        Pump.RunToEnd();
        if (listing?.Progress.Completed is { } completed) Output.WriteProgress(completed);
        if (deletedBy?.Warning is { } warning) Output.WriteWarning(warning);
        foreach ((string sentence, string? meant) in deletedBy?.Unused ?? []) Note(sentence, meant);
    }

    private void Start(InputRow row)
    {
        if (IncludeDeletedBy || DeletedBy is not null) deletedBy ??= new(DeletedBy ?? []);
        if (Tag is not null) tags ??= Session.Terminating(() => new TagPatterns(Tag, nameof(Tag)));
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

    private DeletedAccountFilter Filter(AccountPatterns patterns) => new(
        patterns, Kind, SubDomainName, ExpiringWithin, tags, DeletedAfter?.ToUniversalTime(),
        DeletedBefore?.ToUniversalTime());

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
