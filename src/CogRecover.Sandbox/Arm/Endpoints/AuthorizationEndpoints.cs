using System.Text.Json;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>What the caller may do, and the locks, on a subscription or a resource group.</summary>
internal sealed class AuthorizationEndpoints(ArmState state, SimulatedArmOptions options)
{
    private const string Provider = "/providers/Microsoft.Authorization";

    private const string Subscription = "/subscriptions/{subscription}";

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var scope in new[] { Subscription, Subscription + "/resourceGroups/{group}" })
        {
            routes.MapArm("GET", scope + Provider + "/permissions", ArmType.Permissions, ListPermissionsAsync);
            routes.MapArm("GET", scope + Provider + "/locks", ArmType.Locks, ListLocksAsync);
        }
    }

    private Task ListPermissionsAsync(HttpContext http)
    {
        var granted = state.PermissionsOn(Group(http), http.Route("subscription"));
        return http.WritePageAsync(
            granted.Select((permission, index) => new Numbered(permission, index + 1)), options.PageSize, Write);
    }

    private Task ListLocksAsync(HttpContext http)
    {
        var key = new AccountKey(http.Route("subscription"), Group(http) ?? "");
        return http.WritePageAsync(state.LocksOn(key), options.PageSize, Write);
    }

    private string? Group(HttpContext http)
    {
        var group = http.Request.RouteValues["group"] as string;
        if (group is not null && !state.HasResourceGroup(group, http.Route("subscription")))
            throw ArmException.ResourceGroupNotFound(group);
        return group;
    }

    private static void Write(Utf8JsonWriter json, Numbered one) => json.WriteObject(null, () =>
    {
        json.WriteStrings("actions", one.Permission.Actions);
        json.WriteStrings("notActions", one.Permission.NotActions ?? []);
        json.WriteStrings("dataActions", []);
        json.WriteStrings("notDataActions", []);
    });

    private static void Write(Utf8JsonWriter json, ArmLock one) => json.WriteObject(null, () =>
    {
        json.WriteObject("properties", () => json.WriteString("level", one.Level.ToString()));
        json.WriteString("id", one.Id);
        json.WriteString("type", ArmType.Locks.FullName);
        json.WriteString("name", one.Name);
    });

    private sealed record Numbered(ArmPermission Permission, long Sequence) : ISequenced;
}
