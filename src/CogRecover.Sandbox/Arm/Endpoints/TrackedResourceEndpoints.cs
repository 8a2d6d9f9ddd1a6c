using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>What accounts need, to be read: key vaults, storage accounts, virtual networks and their subnets.</summary>
internal sealed class TrackedResourceEndpoints(ArmState state, ArmAccess access, SimulatedArmOptions options)
{
    private const string Subscription = "/subscriptions/{subscription}";

    private const string Group = Subscription + "/resourceGroups/{group}";

    private readonly TrackedResourceJson json = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var type in new[] { ArmType.KeyVaults, ArmType.StorageAccounts, ArmType.VirtualNetworks })
        {
            var provider = "/providers/" + type.FullName;
            routes.MapArm("GET", Subscription + provider, type, http => ListAsync(http, type));
            routes.MapArm("GET", Group + provider, type, http => ListAsync(http, type));
            routes.MapArm("GET", $"{Group}{provider}/{{name}}", type, http =>
                http.WriteAsync(200, json.Document(Find(http, type))));
        }

        routes.MapArm(
            "GET", $"{Group}/providers/{ArmType.VirtualNetworks.FullName}/{{name}}/subnets/{{subnet}}", ArmType.Subnets,
            GetSubnetAsync);
    }

    private Task ListAsync(HttpContext http, ArmType type)
    {
        var group = http.Group(state);
        var found = state.Resources.Where(one => one.Type == type.FullName
            && one.SubscriptionId.Is(http.Route("subscription"))
            && (group is null || group.Is(one.ResourceGroupName))
            && access.MayRead(type, one.SubscriptionId, one.ResourceGroupName));
        return http.WritePageAsync(found, options.PageSize, json.Document);
    }

    private Task GetSubnetAsync(HttpContext http)
    {
        var network = Find(http, ArmType.VirtualNetworks);
        var name = http.Route("subnet");
        var subnet = network.Subnets.FirstOrDefault(one => one.Is(name))
            ?? throw ArmException.SubnetNotFound($"{network.Id}/subnets/{name}");
        return http.WriteAsync(200, TrackedResourceJson.Subnet(network, subnet));
    }

    private TrackedResource Find(HttpContext http, ArmType type)
    {
        var key = http.Key();
        using var _ = state.Enter();
        if (state.Group(key) is null) throw ArmException.ResourceGroupNotFound(key.ResourceGroupName);
        return state.Resource(type, key) ?? throw ArmException.ResourceNotFound(type, key);
    }
}
