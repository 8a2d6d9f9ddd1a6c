using System.ComponentModel;
using System.Management.Automation;
using CogRecover.Core;

namespace CogRecover.Commands;

/// <summary>What the commands on soft-deleted accounts share: the three ways to name an account.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AccountCommand : RecoveryCommand
{
    private protected const string NameSet = "Name";
    private const string AccountSet = "Account";
    private const string ResourceIdSet = "ResourceId";

    /// <summary>A soft-deleted account, as <c>Get-DeletedCognitiveAccount</c> writes it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = AccountSet)]
    [ValidateNotNull]
    public DeletedCognitiveAccount? InputObject { get; set; }

    /// <summary>The names of accounts, without wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("AccountName")]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The resource group they were deleted from. It is looked up when it isn't given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    /// <summary>Their region, in any spelling. It is looked up when it isn't given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>The id of their subscription, instead of the context's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string? SubscriptionId { get; set; }

    /// <summary>Resource ids of deleted accounts, or those that the accounts had while they lived.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public string[]? ResourceId { get; set; }

    /// <summary>Starts the work on each account of this input.</summary>
    protected sealed override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case AccountSet:
                DeletedCognitiveAccount account = InputObject!;
                Begin(new(account, account, () => AccountReference.Of(account)));
                break;
            case ResourceIdSet:
                foreach (string id in ResourceId!) Begin(new(id, null, () => AccountReference.Parse(id)));
                break;
            default:
                string subscription = SubscriptionId ?? RequireContextSubscription();
                (string? group, string? location) = (ResourceGroupName, Location);
                foreach (string name in Name!)
                    Begin(new(name, null, () => AccountReference.Create(subscription, group, location, name)));
                break;
        }

        Pump.RunPending();
    }

    /// <summary>Starts the work on one account.</summary>
    private protected abstract void Begin(AccountInput input);

    /// <summary>Finds the account, unless it was piped in whole.</summary>
    private protected Task<DeletedCognitiveAccount> FindAsync(AccountInput input, CancellationToken cancellationToken) =>
        input.Account is { } account
            ? Task.FromResult(account)
            : ThrottleAsync(
                () => Recovery.FindDeletedAsync(input.Reference(), cancellationToken), cancellationToken);
}
