namespace CogRecover.Commands;

/// <summary>What a command can filter soft-deleted accounts by, besides what names them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FilterCommand : RecoveryCommand
{
    private protected const string FilterSet = "Filter";
    private protected const string AllSubscriptionsSet = "AllSubscriptions";

    private TagPatterns? tags;

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

    /// <summary>Only accounts that the service will purge within this time.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [ValidateNotNull]
    [Duration]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan? ExpiringWithin { get; set; }

    /// <summary>Tags of accounts: a name, <c>name=value</c>, or a hashtable of which all must match. Wildcards are
    /// allowed.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [SupportsWildcards, ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public object[]? Tag { get; set; }

    /// <summary>Only accounts that were deleted at this time or later. Without a time zone it is local.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [ValidateNotNull]
    [Date]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTime? DeletedAfter { get; set; }

    /// <summary>Only accounts that were deleted at this time or earlier. Without a time zone it is local.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [ValidateNotNull]
    [Date]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTime? DeletedBefore { get; set; }

    /// <summary>Only accounts that one of these deleted: a user's name, the id of an application, or the id or name of
    /// a managed identity. Wildcards are allowed. It implies <c>-IncludeDeletedBy</c>.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [Parameter(ParameterSetName = AllSubscriptionsSet)]
    [SupportsWildcards, TrimNames, ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? DeletedBy { get; set; }

    /// <summary>What an account has to match.</summary>
    /// <exception cref="WildcardPatternException">A pattern is malformed.</exception>
    /// <exception cref="PipelineStoppedException">A tag can't be one: a terminating error.</exception>
    private protected DeletedAccountFilter Filter(AccountPatterns patterns)
    {
        if (Tag is not null) tags ??= Session.Terminating(() => new TagPatterns(Tag, nameof(Tag)));
        return new(patterns, Kind, SubDomainName, ExpiringWithin, tags, DeletedAfter?.ToUniversalTime(),
            DeletedBefore?.ToUniversalTime());
    }
}
