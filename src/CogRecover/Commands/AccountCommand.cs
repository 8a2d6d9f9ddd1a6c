using System.ComponentModel;
using System.Management.Automation;
using CogRecover.Completion;
using CogRecover.Core.Errors;
using CogRecover.Core.References;
using CogRecover.Input;

namespace CogRecover.Commands;

/// <summary>What the commands on soft-deleted accounts share: the three ways to name an account.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AccountCommand : RecoveryCommand
{
    private protected const string NameSet = "Name";
    private const string AccountSet = "Account";
    private const string ResourceIdSet = "ResourceId";

    private readonly HashSet<string> begun = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Soft-deleted accounts, as <c>Get-DeletedCognitiveAccount</c> writes them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = AccountSet)]
    [ValidateNotNullOrEmpty]
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

    /// <summary>
    /// Resource ids of deleted accounts, or those that the accounts had while they lived. Names that stand beside one,
    /// as in a piped object, must agree with it; a location tells accounts of one name and group apart.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("Id")]
    [TrimNames]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? ResourceId { get; set; }

    /// <summary>
    /// When the accounts were deleted: a date, or text in ISO 8601 or the form of the current culture. What was deleted
    /// at another time is left alone. Objects and files that Get-DeletedCognitiveAccount or Az wrote bring it along.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Alias("Properties")]
    public object? DeletionDate { get; set; }

    /// <summary>What the command does to an account, as a verb: <c>purged</c>.</summary>
    private protected abstract string Attempt { get; }

    /// <summary>Starts the work on each account of this input.</summary>
    protected sealed override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case AccountSet:
                foreach (DeletedCognitiveAccount account in InputObject!)
                    BeginOnce($"{account.ResourceId} {account.DeletionDate:o}",
                        new(account, account, () => AccountReference.Of(account)));
                break;
            default:
                BeginNamed();
                break;
        }

        Pump.RunPending();
    }

    /// <summary>Says at the end of the input that no account was named, where all of it was blank.</summary>
    private protected void EndInput()
    {
        if (HasBlank && begun.Count == 0) WriteNothingNamed();
    }

    private void BeginNamed()
    {
        string[] names = GivenNames.Trim(Name);
        string[] ids = GivenNames.Trim(ResourceId);
        RefuseBlank((nameof(Name), Name), (nameof(ResourceGroupName), ResourceGroupName), (nameof(Location), Location),
            (nameof(SubscriptionId), SubscriptionId), (nameof(DeletionDate), DeletionDate),
            (nameof(ResourceId), ResourceId));
        if (names.Length == 0 && ids.Length == 0)
            LeaveOutBlank((nameof(ResourceGroupName), ResourceGroupName), (nameof(Location), Location),
                (nameof(SubscriptionId), SubscriptionId), (nameof(DeletionDate), DeletionDate));
        else if (!DeletionTime.TryRead(DeletionDate, out DeletionTime? deletion))
            WriteUnreadable(DeletionDate, names.FirstOrDefault() ?? ids[0]);
        else if (names.Length == 0 || Array.Exists(ids, AccountReference.IsIdentifier))
            BeginIds(ids, names, deletion);
        else
            Array.ForEach(names, name => BeginName(name, deletion));
    }

    private void BeginIds(string[] ids, string[] names, DeletionTime? deletion)
    {
        // Of one name and one id, the id's own check says that they differ.
        if (names.Length > 1 && Array.TrueForAll(ids, AccountReference.IsAccount))
            foreach (string name in names.Where(name => !ids.Any(id => Same(LastSegment(id), LastSegment(name)))))
                WriteFailure(InputErrors.NameWithoutId(name), name);
        foreach (string id in ids) BeginId(id, names, deletion);
    }

    // What stands beside an id has to agree with it: whoever changed the one may mean the other.
    private void BeginId(string id, string[] names, DeletionTime? deletion)
    {
        (string? subscription, string? group, string? location) = (
            GivenNames.Trim(SubscriptionId), GivenNames.Trim(ResourceGroupName), GivenNames.Trim(Location));
        string key = string.Join(" ", [id, subscription, group, location, $"{deletion}", .. names]);
        BeginOnce(key, new(id, null, () =>
        {
            var account = AccountReference.Parse(id);
            if (names.Length > 0 && !names.Any(name => Same(LastSegment(name), account.Name)))
                throw InputErrors.Contradiction(account, "name", names[0]);
            if (subscription is not null && !Same(subscription, account.SubscriptionId))
                throw InputErrors.Contradiction(account, "subscription", subscription);

            if (group is not null && !Same(group, account.ResourceGroupName) && !AccountReference.IsProvider(group))
                throw InputErrors.Contradiction(account, "resource group", group);
            if (location is null) return account;
            if (account.Location is null) return account.In(location);
            return Same(Region.Normalize(location), account.Location)
                ? account
                : throw InputErrors.Contradiction(account, "location", location);
        }, deletion));
    }

    private void BeginName(string name, DeletionTime? deletion)
    {
        if (name.StartsWith("/", StringComparison.Ordinal))
        {
            BeginId(name, [], deletion);
            return;
        }

        string subscription = GivenNames.Trim(SubscriptionId) ?? RequireContextSubscription();
        (string? group, string? location) = (GivenNames.Trim(ResourceGroupName), GivenNames.Trim(Location));
        string region = location is null ? "" : Region.Normalize(location);
        BeginOnce(
            string.Join("/", subscription, group, region, name) + $" {deletion}",
            new(name, null, () => AccountReference.Create(subscription, group, location, name), deletion));
    }

    // An account that comes twice in one pipeline is one account.
    private void BeginOnce(string key, AccountInput input)
    {
        if (begun.Add(key)) Begin(input);
        else Output.WriteVerbose($"'{input.Target}' was given before.");
    }

    private static bool Same(string? left, string? right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    // Az names nested resources by a path.
    private static string LastSegment(string name) => name.Substring(name.LastIndexOf('/') + 1);

    /// <summary>Starts the work on one account.</summary>
    private protected abstract void Begin(AccountInput input);
}
