using CogRecover.Sandbox.Arm.Gateway;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>What accounts need, to be read: key vaults, storage accounts, virtual networks and their subnets,
/// user-assigned identities. And what is done to those that are never soft-deleted.</summary>
internal sealed class TrackedResourceEndpoints(ArmState state, ArmAccess access, SimulatedArmOptions options)
{
    private const string Subscription = "/subscriptions/{subscription}";

    private const string Group = Subscription + "/resourceGroups/{group}";

    private readonly TrackedResourceJson json = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var type in new[]
        {
            ArmType.KeyVaults, ArmType.StorageAccounts, ArmType.VirtualNetworks, ArmType.Identities,
        })
        {
            var provider = "/providers/" + type.FullName;
            routes.MapArm("GET", Subscription + provider, type, http => ListAsync(http, type));
            routes.MapArm("GET", Group + provider, type, http => ListAsync(http, type));
            routes.MapArm("GET", $"{Group}{provider}/{{name}}", type, http =>
                http.WriteAsync(200, json.Document(Find(http, type))));
        }

        var subnet = $"{Group}/providers/{ArmType.VirtualNetworks.FullName}/{{name}}/subnets/{{subnet}}";
        routes.MapArm("GET", subnet, ArmType.Subnets, GetSubnetAsync);
        routes.MapArm("DELETE", subnet, ArmType.Subnets, DeleteSubnetAsync);
        var identity = $"{Group}/providers/{ArmType.Identities.FullName}/{{name}}";
        routes.MapArm("PUT", identity, ArmType.Identities, PutIdentityAsync);
        routes.MapArm("DELETE", identity, ArmType.Identities, DeleteIdentityAsync);
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
            ?? throw ResourceErrors.SubnetNotFound($"{network.Id}/subnets/{name}");
        return http.WriteAsync(200, TrackedResourceJson.Subnet(network, subnet));
    }

    private Task DeleteSubnetAsync(HttpContext http)
    {
        http.Group(state);
        var (key, name) = (http.Key(), http.Route("subnet"));
        using var _ = state.Enter();
        if (state.Resource(ArmType.VirtualNetworks, key) is not { } network) return http.EndAsync(204);
        var id = $"{network.Id}/subnets/{name}";
        if (state.IsSubnetInUse(id)) throw ResourceErrors.SubnetInUse(name, id);
        return http.EndAsync(state.RemoveSubnet(key, name) ? 200 : 204);
    }

    private async Task PutIdentityAsync(HttpContext http)
    {
        http.Group(state);
        var request = new AccountRequest(await http.ReadObjectAsync());
        var location = request.Location ?? throw ArmException.LocationRequired();
        var (identity, isNew) = PutIdentity(http.Key(), location, request.Tags);
        await http.WriteAsync(isNew ? 201 : 200, json.Document(identity));
    }

    private (TrackedResource Identity, bool IsNew) PutIdentity(
        AccountKey key, string location, IDictionary<string, string>? tags)
    {
        using var _ = state.Enter();
        var there = state.Resource(ArmType.Identities, key);
        var identity = there
            ?? state.AddUserAssignedIdentity(key.Name, key.ResourceGroupName, location, key.SubscriptionId);
        return (state.Put(identity with { Tags = tags ?? identity.Tags }), there is null);
    }

    private Task DeleteIdentityAsync(HttpContext http)
    {
        http.Group(state);
        using var _ = state.Enter();
        return http.EndAsync(state.RemoveResource(ArmType.Identities, http.Key()) is null ? 204 : 200);
    }

    private TrackedResource Find(HttpContext http, ArmType type)
    {
        var key = http.Key();
        using var _ = state.Enter();
        if (state.Group(key) is null) throw ArmException.ResourceGroupNotFound(key.ResourceGroupName);
        return state.Resource(type, key) ?? throw ArmException.ResourceNotFound(type, key);
    }
}
