using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.State;

/// <content>Subnets, and what holds them. An account whose agents are injected into a subnet holds it, deleted or not,
/// and for a time after it is purged.</content>
public sealed partial class ArmState
{
    private readonly Dictionary<string, DateTimeOffset> releases = new(StringComparer.OrdinalIgnoreCase);

    internal TimeSpan SubnetReleaseTime { get; init; }

    /// <summary>Adds a subnet, and its virtual network and resource group if they aren't there.</summary>
    /// <returns>The virtual network.</returns>
    public TrackedResource AddSubnet(
        string network, string subnet, string group, string location = "eastus", string? subscriptionId = null)
    {
        using var _ = Enter();
        var key = GroupKey(group, subscriptionId) with { Name = network };
        var there = Resource(ArmType.VirtualNetworks, key)
            ?? Add(ArmType.VirtualNetworks, network, group, location, subscriptionId);
        return Put(there with { Subnets = [.. there.Subnets.Where(one => !one.Is(subnet)), subnet] });
    }

    internal bool IsSubnetInUse(string id) =>
        accounts.Values.Concat(deletedAccounts.Values.Select(deleted => deleted.Account))
            .Any(account => account.AgentSubnets.Any(id.Is))
        || (releases.TryGetValue(id, out var at) && at > Now);

    /// <returns>Whether it was there.</returns>
    internal bool RemoveSubnet(AccountKey network, string subnet)
    {
        if (Resource(ArmType.VirtualNetworks, network) is not { } there || !there.Subnets.Any(subnet.Is)) return false;
        Put(there with { Subnets = [.. there.Subnets.Where(one => !one.Is(subnet))] });
        return true;
    }

    private void ReleaseSubnets(Account account)
    {
        foreach (var id in account.AgentSubnets) releases[id] = Now + SubnetReleaseTime;
    }
}
