using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

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
        var granted = state.PermissionsOn(http.Group(state), http.Route("subscription"));
        return http.WritePageAsync(
            granted.Select((permission, index) => new Numbered(permission, index + 1)), options.PageSize, Document);
    }

    private Task ListLocksAsync(HttpContext http)
    {
        var key = new AccountKey(http.Route("subscription"), http.Group(state) ?? "");
        return http.WritePageAsync(state.LocksOn(key), options.PageSize, Document);
    }

    private static object Document(Numbered one) => new
    {
        one.Permission.Actions,
        NotActions = one.Permission.NotActions ?? [],
        DataActions = Array.Empty<object>(),
        NotDataActions = Array.Empty<object>(),
    };

    private static object Document(ArmLock one) => new
    {
        Properties = new { Level = one.Level.ToString() },
        one.Id,
        Type = ArmType.Locks.FullName,
        one.Name,
    };

    private sealed record Numbered(ArmPermission Permission, long Sequence) : ISequenced;
}
