using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Json;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>The projects and the model deployments of live accounts. In the specification a write is a long-running
/// operation; here it is done with the answer.</summary>
internal sealed class AccountChildEndpoints(AccountChildren children, SimulatedArmOptions options)
{
    private const string Account = "/subscriptions/{subscription}/resourceGroups/{group}" +
        "/providers/Microsoft.CognitiveServices/accounts/{name}";

    private const string Project = Account + "/projects/{child}";

    private const string Deployment = Account + "/deployments/{child}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapArm("GET", Account + "/projects", ArmType.Projects, ListProjectsAsync);
        routes.MapArm("GET", Project, ArmType.Projects, GetProjectAsync);
        routes.MapArm("PUT", Project, ArmType.Projects, PutProjectAsync);
        routes.MapArm("DELETE", Project, ArmType.Projects, http =>
            http.EndAsync(children.DeleteProject(http.Key(), http.Route("child")) ? 200 : 204));
        routes.MapArm("GET", Account + "/deployments", ArmType.Deployments, ListDeploymentsAsync);
        routes.MapArm("GET", Deployment, ArmType.Deployments, GetDeploymentAsync);
        routes.MapArm("PUT", Deployment, ArmType.Deployments, PutDeploymentAsync);
        routes.MapArm("DELETE", Deployment, ArmType.Deployments, http =>
            http.EndAsync(children.DeleteDeployment(http.Key(), http.Route("child")) ? 200 : 204));
    }

    private Task ListProjectsAsync(HttpContext http)
    {
        var account = children.Account(http.Key());
        return http.WritePageAsync(Numbered(account.Projects), options.PageSize, one =>
            AccountChildJson.Project(account, one.Name));
    }

    private Task GetProjectAsync(HttpContext http)
    {
        var account = children.Account(http.Key());
        var name = Find(http, ArmType.Projects, account.Projects);
        return http.WriteAsync(200, AccountChildJson.Project(account, name));
    }

    private async Task PutProjectAsync(HttpContext http)
    {
        var (account, isNew) = children.PutProject(http.Key(), http.Route("child"), await http.ReadObjectAsync());
        await http.WriteAsync(isNew ? 201 : 200, AccountChildJson.Project(account, http.Route("child")));
    }

    private Task ListDeploymentsAsync(HttpContext http)
    {
        var account = children.Account(http.Key());
        return http.WritePageAsync(Numbered(Deployments(account)), options.PageSize, one =>
            AccountChildJson.Deployment(account, one.Name));
    }

    private Task GetDeploymentAsync(HttpContext http)
    {
        var account = children.Account(http.Key());
        var name = Find(http, ArmType.Deployments, Deployments(account));
        return http.WriteAsync(200, AccountChildJson.Deployment(account, name));
    }

    private async Task PutDeploymentAsync(HttpContext http)
    {
        var (account, isNew) = children.PutDeployment(http.Key(), http.Route("child"), await http.ReadObjectAsync());
        await http.WriteAsync(isNew ? 201 : 200, AccountChildJson.Deployment(account, http.Route("child")));
    }

    private static IEnumerable<string> Deployments(Account account) =>
        account.Deployments?.Select(one => one.Key) ?? [];

    private static string Find(HttpContext http, ArmType type, IEnumerable<string> names) =>
        names.FirstOrDefault(http.Route("child").Is)
        ?? throw ArmException.ChildNotFound(type, http.Key(), http.Route("child"));

    private static IEnumerable<NumberedName> Numbered(IEnumerable<string> names) =>
        names.Select((name, index) => new NumberedName(name, index + 1));

    private sealed record NumberedName(string Name, long Sequence) : ISequenced;
}
