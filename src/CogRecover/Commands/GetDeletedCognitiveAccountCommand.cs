using System.Management.Automation;
using CogRecover.Core;

namespace CogRecover.Commands;

/// <summary>Lists the soft-deleted Azure Cognitive Services accounts that can still be restored or purged.</summary>
[Cmdlet(VerbsCommon.Get, "DeletedCognitiveAccount", DefaultParameterSetName = FilterSet)]
[OutputType(typeof(DeletedCognitiveAccount))]
public sealed class GetDeletedCognitiveAccountCommand : RecoveryCommand
{
    private const string FilterSet = "Filter";
    private const string ResourceIdSet = "ResourceId";

    /// <summary>Names to look for. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [Alias("AccountName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Resource groups to look in. Wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ResourceGroupName { get; set; }

    /// <summary>Regions to look in, in any spelling: <c>westus2</c> or <c>West US 2</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Location { get; set; }

    /// <summary>Kinds of account to look for, such as <c>OpenAI</c>. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    /// <summary>The ids of the subscriptions to list, instead of the context's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = FilterSet)]
    [ValidateNotNullOrEmpty]
    public string[]? SubscriptionId { get; set; }

    /// <summary>Only accounts that the service will purge within this time.</summary>
    [Parameter(ParameterSetName = FilterSet)]
    [ValidateDuration]
    public TimeSpan? ExpiringWithin { get; set; }

    /// <summary>Resource ids of deleted accounts, or those that the accounts had while they lived.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ResourceIdSet)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public string[]? ResourceId { get; set; }

    /// <summary>Starts the list that this input asks for.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ResourceIdSet)
        {
            foreach (string id in ResourceId!) Pump.Start(cancellation => GetAsync(id, cancellation));
        }
        else
        {
            var filter = new DeletedAccountFilter(Name, ResourceGroupName, Kind, Location, ExpiringWithin);
            string[] subscriptions = [.. (SubscriptionId ?? [RequireContextSubscription()])
                .Distinct(StringComparer.OrdinalIgnoreCase)];
            Pump.Start(cancellation => ListAsync(filter, subscriptions, cancellation));
        }

        Pump.RunPending();
    }

    private async Task GetAsync(string resourceId, CancellationToken cancellationToken)
    {
        try
        {
            var reference = AccountReference.Parse(resourceId);
            DeletedCognitiveAccount account = await ThrottleAsync(
                () => Recovery.FindDeletedAsync(reference, cancellationToken), cancellationToken).ConfigureAwait(false);
            await Pump.PostAsync(() => WriteObject(account)).ConfigureAwait(false);
        }
        catch (RecoveryException failure)
        {
            await WriteFailureAsync(failure, resourceId).ConfigureAwait(false);
        }
    }

    private async Task ListAsync(
        DeletedAccountFilter filter, string[] subscriptions, CancellationToken cancellationToken)
    {
        bool[] complete = await Task.WhenAll(subscriptions.Select(subscription => ThrottleAsync(
            () => ListAsync(filter, subscription, cancellationToken), cancellationToken))).ConfigureAwait(false);
        if (!complete.All(listed => listed)) return;
        foreach (string name in filter.NamesNotSeen)
            await WriteFailureAsync(RecoveryErrors.NotFound(name, subscriptions), name).ConfigureAwait(false);
    }

    private async Task<bool> ListAsync(
        DeletedAccountFilter filter, string subscription, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (DeletedCognitiveAccount account in Recovery.ListDeletedAsync(subscription, cancellationToken)
                .ConfigureAwait(false))
            {
                if (filter.Matches(account)) await Pump.PostAsync(() => WriteObject(account)).ConfigureAwait(false);
            }

            return true;
        }
        catch (RecoveryException failure)
        {
            await WriteFailureAsync(failure, subscription).ConfigureAwait(false);
            return false;
        }
    }
}
