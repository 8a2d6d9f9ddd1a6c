namespace CogRecover.Commands;

/// <summary>What the commands on soft-deleted accounts share: the three ways to name an account.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AccountCommand : RecoveryCommand
{
    private protected const string NameSet = "Name";
    private const string AccountSet = "Account";
    private const string ResourceIdSet = "ResourceId";

    private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Soft-deleted accounts, as <c>Get-DeletedCognitiveAccount</c> writes them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = AccountSet)]
    [ValidateNotNullOrEmpty]
    [RefuseHashtable]
    public DeletedCognitiveAccount[]? InputObject { get; set; }

    /// <summary>The names of accounts, without wildcards. Resource ids are taken as such.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = NameSet)]
    [Alias("AccountName")]
    [TrimNames]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The resource group they were deleted from. It is looked up when it isn't given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("ResourceGroup", "Resource group")]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string? ResourceGroupName { get; set; }

    /// <summary>Their region, in any spelling. It is looked up when it isn't given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string? Location { get; set; }

    /// <summary>The id of their subscription, instead of the context's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string? SubscriptionId { get; set; }

    /// <summary>Resource ids of deleted accounts, or those that the accounts had while they lived. Names that stand
    /// beside one, as in a piped object, must agree with it; a location tells accounts of one name and group
    /// apart.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("Id")]
    [TrimNames]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? ResourceId { get; set; }

    /// <summary>When the accounts were deleted: a date, or text in ISO 8601 or the form of the current culture. What
    /// was deleted at another time is left alone. Objects and files that Get-DeletedCognitiveAccount or Az wrote bring
    /// it along.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Alias("Properties")]
    public object? DeletionDate { get; set; }

    /// <summary>Hashtables with the names of parameters as keys, such as <c>Name</c>. Other keys are ignored.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary?[]? Row { get; set; }

    /// <summary>Starts the work on each account of this input.</summary>
    protected sealed override void ProcessRecord()
    {
        foreach (IDictionary? keys in Row is null or [] ? [null] : Row) Process(keys);
        Pump.RunPending();
    }

    private void Process(IDictionary? keys)
    {
        var values = new RowKeys(keys, MyInvocation.MyCommand, Typed);
        var row = new InputRow(
            values.Texts("Name", Name), values.Texts("ResourceGroupName", [ResourceGroupName]),
            values.Texts("Location", [Location]), values.Texts("SubscriptionId", [SubscriptionId]),
            values.Texts("ResourceId", ResourceId), values.Value("DeletionDate", DeletionDate))
        {
            Typed = Typed, ContextSubscription = RequireContextSubscription, IsHashtable = keys is not null,
            InputObject = ParameterSetName == AccountSet ? InputObject : null,
        };
        if (!Accept(row)) return;
        foreach (AccountInput input in row.Accounts)
            if (seen.Add(input.Key)) Process(input);
            else Output.WriteVerbose($"'{input.Target}' was already given.");
    }

    /// <summary>Starts the work on one account.</summary>
    private protected abstract void Process(AccountInput input);
}
