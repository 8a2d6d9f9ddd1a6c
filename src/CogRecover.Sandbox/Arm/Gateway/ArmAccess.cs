using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Gateway;

/// <summary>Whether the caller may do what a request asks, and whether a lock or the end of the group forbids it.
/// </summary>
internal sealed class ArmAccess(ArmState state, SimulatedArmOptions options)
{
    /// <exception cref="ArmException">403, or 409 for a lock, or for a write into a group that is being deleted.
    /// </exception>
    public void Require(HttpContext http, ArmType type)
    {
        if (type.Action is null || http.Request.RouteValues["subscription"] is not string subscription) return;
        var segments = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var method = http.Request.Method;
        // listKeys is an action on the account, not a resource of its own.
        var path = '/' + string.Join('/', method == "POST" ? segments[..^1] : segments);
        var verb = method switch
        {
            "GET" or "HEAD" => "read",
            "DELETE" => "delete",
            "POST" => segments[^1] + "/action",
            _ => "write",
        };
        // A deleted account has its group in its path, but stands in the subscription: so do roles and locks for it.
        var inGroup = segments.Length > 3 && segments[2].Is("resourceGroups");
        var group = inGroup ? segments[3] : null;
        var isList = verb == "read" && group is null && type.IsTracked;
        if (!isList && !state.Allows(Action(type, verb), subscription, group))
        {
            throw ArmException.AuthorizationFailed(
                options.Caller, options.CallerObjectId, Action(type, verb),
                inGroup ? path : ArmScope.Of(subscription, ""));
        }

        if (verb != "read") RequireUnlocked(path, verb == "delete", new(subscription, group ?? ""));
        if (verb == "write" && group is not null) RequireStaying(new(subscription, group));
    }

    /// <summary>Whether a list shows it.</summary>
    public bool MayRead(ArmType type, string subscription, string group) =>
        state.Allows(Action(type, "read"), subscription, group);

    private static string Action(ArmType type, string verb) =>
        type.Action is "" ? $"{type.Namespace}/{verb}" : $"{type.Namespace}/{type.Action}/{verb}";

    private void RequireStaying(AccountKey key)
    {
        using var _ = state.Enter();
        if (state.Group(key) is { IsBeingDeleted: true } group)
            throw ArmException.ResourceGroupBeingDeleted(group.Name);
    }

    private void RequireUnlocked(string path, bool isDelete, AccountKey group)
    {
        var locks = state.LocksOn(group).Where(one => isDelete || one.Level == ArmLockLevel.ReadOnly).ToList();
        if (locks.Count > 0)
            throw ArmException.ScopeLocked(path, isDelete ? "delete" : "write", locks.Select(one => one.Scope));
    }
}
