using System.ComponentModel;
using System.Management.Automation;
using CogRecover.Completion;
using CogRecover.Core;

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
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The resource group they were deleted from. It is looked up when it isn't given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string? ResourceGroupName { get; set; }

    /// <summary>Their region, in any spelling. It is looked up when it isn't given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string? Location { get; set; }

    /// <summary>The id of their subscription, instead of the context's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DeletedAccountCompleter))]
    public string? SubscriptionId { get; set; }

    /// <summary>
    /// Resource ids of deleted accounts, or those that the accounts had while they lived. Where a piped object has
    /// one, it counts, and not its names.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("Id")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? ResourceId { get; set; }

    /// <summary>Starts the work on each account of this input.</summary>
    protected sealed override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case AccountSet:
                foreach (DeletedCognitiveAccount account in InputObject!)
                    BeginOnce(account.ResourceId, new(account, account, () => AccountReference.Of(account)));
                break;
            default:
                BeginNamed();
                break;
        }

        Pump.RunPending();
    }

    private void BeginNamed()
    {
        string[] names = [.. (Name ?? []).Where(name => Given(name) is not null)];
        string[] ids = [.. (ResourceId ?? []).Where(id => Given(id) is not null)];
        if (names.Length == 0 && ids.Length == 0)
            Output.WriteError(ErrorRecords.From(RecoveryErrors.NothingNamed(), MyInvocation.MyCommand.Name));
        else if (names.Length == 0 || Array.Exists(ids, AccountReference.IsIdentifier))
            Array.ForEach(ids, id => BeginId(id.Trim(' ')));
        else
            Array.ForEach(names, name => BeginName(name.Trim(' ')));
    }

    private void BeginId(string id) => BeginOnce(id, new(id, null, () => AccountReference.Parse(id)));

    private void BeginName(string name)
    {
        if (name.StartsWith("/", StringComparison.Ordinal))
        {
            BeginId(name);
            return;
        }

        string subscription = Given(SubscriptionId) ?? RequireContextSubscription();
        (string? group, string? location) = (Given(ResourceGroupName), Given(Location));
        BeginOnce(
            string.Join("/", subscription, group, name),
            new(name, null, () => AccountReference.Create(subscription, group, location, name)));
    }

    // An account that comes twice in one pipeline is one account.
    private void BeginOnce(string key, AccountInput input)
    {
        if (begun.Add(key)) Begin(input);
        else Output.WriteVerbose($"'{input.Target}' was given before.");
    }

    // An empty cell of a table is none.
    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>Starts the work on one account.</summary>
    private protected abstract void Begin(AccountInput input);

    /// <summary>Finds the account, unless it was piped in whole.</summary>
    private protected virtual Task<DeletedCognitiveAccount> FindAsync(
        AccountInput input, CancellationToken cancellationToken) =>
        input.Account is { } account
            ? Task.FromResult(account)
            : Recovery.FindDeletedAsync(input.Reference(), cancellationToken);
}
