namespace CogRecover.Core.Dependencies;

/// <summary>Whether a subnet of the account's network rules exists. A restore may pass without it; traffic
/// won't.</summary>
internal sealed class NetworkCheck(SharedReads reads)
{
    private const string Name = "Network";

    public async Task<RestoreCheck> RunAsync(
        DeletedCognitiveAccount account, string resourceId, CancellationToken cancellationToken)
    {
        if (reads.Addresses.Subnet(resourceId) is not { } address)
            return Check.Unknown(Name, $"'{resourceId}' isn't the id of a subnet.");
        SharedRead<JsonElement> subnet = await reads.GetAsync(address, cancellationToken).ConfigureAwait(false);
        string name = resourceId.Substring(resourceId.LastIndexOf('/') + 1);
        return subnet.Exists switch
        {
            true => Check.Passed(Name, $"Subnet '{name}' of the network rules exists."),
            false => Check.Warning(Name,
                $"Subnet '{name}' of the network rules is gone. The restore may pass; traffic from there won't.",
                "Create it again, or remove the rule after the restore: "
                + $"Remove-AzCognitiveServicesAccountNetworkRule -ResourceGroupName "
                + $"'{NextCommand.Quote(account.ResourceGroupName)}' -Name '{NextCommand.Quote(account.Name)}' "
                + $"-VirtualNetworkResourceId '{NextCommand.Quote(resourceId)}'",
                RecoveryErrorId.SubnetMissing),
            null => Check.Unknown(Name, $"Whether subnet '{name}' exists couldn't be found out: {subnet.Reason}"),
        };
    }
}
