using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>Role assignments on a subscription, a resource group, or a resource of any type.</summary>
internal sealed class RoleAssignmentEndpoints(ArmState state, SimulatedArmOptions options)
{
    private const string Type = RoleAssignment.Provider + "/roleAssignments";

    private const string Group = "/subscriptions/{subscription}/resourceGroups/{group}";

    private static readonly string[] Scopes =
    [
        "/subscriptions/{subscription}",
        Group,
        Group + "/providers/{provider}/{type}/{resource}",
        Group + "/providers/{provider}/{type}/{resource}/{childType}/{child}",
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var scope in Scopes)
        {
            routes.MapArm("GET", scope + Type, ArmType.RoleAssignments, ListAsync);
            routes.MapArm("GET", scope + Type + "/{name}", ArmType.RoleAssignments, GetAsync);
            routes.MapArm("PUT", scope + Type + "/{name}", ArmType.RoleAssignments, PutAsync);
            routes.MapArm("DELETE", scope + Type + "/{name}", ArmType.RoleAssignments, DeleteAsync);
        }
    }

    /// <summary>A guess: where the resource is gone, the list has what is inherited.</summary>
    private Task ListAsync(HttpContext http)
    {
        http.Group(state);
        var filter = RoleAssignmentFilter.Parse(http.Request.Query["$filter"].ToString());
        var scope = Scope(http);
        return http.WritePageAsync(
            state.RoleAssignments.Where(one => filter.Matches(one, scope)), options.PageSize, Document);
    }

    private Task GetAsync(HttpContext http)
    {
        using var _ = state.Enter();
        return http.WriteAsync(200, Document(state.RoleAssignment(http.Request.Path)
            ?? throw ResourceErrors.RoleAssignmentNotFound(http.Route("name"))));
    }

    private async Task PutAsync(HttpContext http)
    {
        var properties = (await http.ReadObjectAsync()).Object("properties")
            ?? throw ArmException.InvalidContent("'properties' is missing");
        var sent = new RoleAssignment(
            Scope(http),
            properties.Text("principalId") ?? throw ArmException.InvalidContent("'principalId' is missing"),
            properties.Text("roleDefinitionId") ?? throw ArmException.InvalidContent("'roleDefinitionId' is missing"),
            properties.Text("principalType") ?? "ServicePrincipal",
            http.Route("name"));
        var (assignment, isNew) = Put(sent, http.Group(state));
        await http.WriteAsync(isNew ? 201 : 200, Document(assignment));
    }

    private (RoleAssignment Assignment, bool IsNew) Put(RoleAssignment sent, string? group)
    {
        using var _ = state.Enter();
        if (group is not null && !state.HasScope(sent.Scope)) throw ResourceErrors.ScopeNotFound(sent.Scope);
        if (state.RoleAssignment(sent.Id) is { } there)
            return SameGrant(there, sent) ? (there, false) : throw ResourceErrors.RoleAssignmentUpdateNotPermitted();
        if (state.RoleAssignments.Any(one => one.Scope.Is(sent.Scope) && SameGrant(one, sent)))
            throw ResourceErrors.RoleAssignmentExists();
        return (state.Put(sent with { CreatedOn = state.Now }), true);
    }

    private Task DeleteAsync(HttpContext http)
    {
        using var _ = state.Enter();
        return state.RoleAssignment(http.Request.Path) is { } there && state.RemoveRole(there.Id)
            ? http.WriteAsync(200, Document(there))
            : http.EndAsync(204);
    }

    private static bool SameGrant(RoleAssignment one, RoleAssignment other) =>
        one.PrincipalId.Is(other.PrincipalId)
        && one.RoleDefinitionId.Split('/')[^1].Is(other.RoleDefinitionId.Split('/')[^1]);

    private static string Scope(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        return path[..path.LastIndexOf(RoleAssignment.Provider, StringComparison.OrdinalIgnoreCase)];
    }

    private object Document(RoleAssignment one) => new
    {
        Properties = new
        {
            one.RoleDefinitionId,
            one.PrincipalId,
            one.PrincipalType,
            one.Scope,
            CreatedOn = ArmJson.Date(one.CreatedOn),
            UpdatedOn = ArmJson.Date(one.CreatedOn),
            CreatedBy = options.CallerObjectId,
            UpdatedBy = options.CallerObjectId,
        },
        one.Id,
        Type = ArmType.RoleAssignments.FullName,
        one.Name,
    };
}
