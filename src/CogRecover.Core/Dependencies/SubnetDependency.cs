namespace CogRecover.Core.Dependencies;

/// <summary>A subnet of the account's network rules, or of its agents. A restore passes without it; traffic doesn't.
/// </summary>
internal sealed class SubnetDependency(SharedReads reads, DeletedCognitiveAccount account, string resourceId)
    : IDependency
{
    private const string Name = "Network";

    public static IEnumerable<IDependency> Of(DeletedCognitiveAccount account, SharedReads reads) =>
        account.Subnets.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(id => new SubnetDependency(reads, account, id));

    public async Task<DependencyStatus?> LookAsync(CancellationToken cancellationToken)
    {
        if (DependencyTypes.ParseId(resourceId, DependencyTypes.Subnet) is not { } id)
            return new(Check.Unknown(Name, $"'{resourceId}' isn't the id of a subnet."));
        SharedRead<JsonElement> subnet = await reads.GetAsync(reads.Addresses.Resource(id), cancellationToken)
            .ConfigureAwait(false);
        string name = resourceId.Substring(resourceId.LastIndexOf('/') + 1);
        bool isAgents = account.AgentSubnets.Contains(resourceId, StringComparer.OrdinalIgnoreCase);
        string of = isAgents ? "of the agents" : "of the network rules";
        return new(subnet.Exists switch
        {
            true => Check.Passed(Name, $"Subnet '{name}' {of} exists."),
            false => Check.Warning(Name,
                $"Subnet '{name}' {of} is gone: traffic from it doesn't pass.",
                isAgents
                    ? $"Create {resourceId} again, delegated to Microsoft.App/environments."
                    : "Create it again, or remove the rule after the restore: "
                        + NextCommand.In(account.SubscriptionId)
                        + "Remove-AzCognitiveServicesAccountNetworkRule -ResourceGroupName "
                        + $"'{NextCommand.Quote(account.ResourceGroupName)}' -Name "
                        + $"'{NextCommand.Quote(account.Name)}' -VirtualNetworkResourceId "
                        + $"'{NextCommand.Quote(resourceId)}'",
                RecoveryErrorId.SubnetMissing),
            null => Check.Unknown(Name, $"It isn't known whether subnet '{name}' exists: {subnet.Reason}"),
        });
    }
}
