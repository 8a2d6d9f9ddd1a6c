using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Service;

/// <summary>What the service does to the projects and the model deployments of live accounts.</summary>
internal sealed class AccountChildren(ArmState state, AccountChecks checks)
{
    public Account Account(AccountKey key)
    {
        using var _ = state.Enter();
        return Require(key);
    }

    /// <returns>The account, and whether the project is new.</returns>
    public (Account Account, bool IsNew) PutProject(AccountKey key, string name, JsonObject body)
    {
        using var _ = state.Enter();
        var account = Require(key);
        var allows = account.Properties?["allowProjectManagement"] is JsonValue value
            && value.TryGetValue(out bool allowed) && allowed;
        if (!account.Kind.Is("AIServices") || !allows) throw ArmException.ProjectsNotAllowed();
        var isNew = !account.Projects.Any(name.Is);
        // A guess: the first project is the default.
        if (isNew) account = account.WithProjects([.. account.Projects, name], account.DefaultProject ?? name);
        return (state.Put(account with { ProjectDetails = With(account.ProjectDetails, name, body) }), isNew);
    }

    /// <returns>Whether it was there.</returns>
    public bool DeleteProject(AccountKey key, string name)
    {
        using var _ = state.Enter();
        var account = Require(key);
        if (!account.Projects.Any(name.Is)) return false;
        // A guess: without its default project an account has none.
        account = account.WithProjects(
            account.Projects.Where(one => !one.Is(name)),
            name.Is(account.DefaultProject) ? null : account.DefaultProject);
        state.Put(account with { ProjectDetails = Without(account.ProjectDetails, name) });
        return true;
    }

    /// <returns>The account, and whether the deployment is new.</returns>
    public (Account Account, bool IsNew) PutDeployment(AccountKey key, string name, JsonObject body)
    {
        using var _ = state.Enter();
        var account = Require(key);
        var isNew = account.Deployments?.Any(one => one.Key.Is(name)) is not true;
        return (state.Put(account with { Deployments = With(account.Deployments, name, body) }), isNew);
    }

    /// <returns>Whether it was there.</returns>
    public bool DeleteDeployment(AccountKey key, string name)
    {
        using var _ = state.Enter();
        var account = Require(key);
        if (account.Deployments?.Any(one => one.Key.Is(name)) is not true) return false;
        state.Put(account with { Deployments = Without(account.Deployments, name) });
        return true;
    }

    private Account Require(AccountKey key)
    {
        checks.RequireGroup(key);
        return state.Live(key) ?? throw ArmException.AccountNotFound(key);
    }

    private static JsonObject With(JsonObject? children, string name, JsonObject body)
    {
        var changed = Without(children, name);
        changed[name] = body.DeepClone();
        return changed;
    }

    private static JsonObject Without(JsonObject? children, string name) => new(
        (children ?? []).Where(one => !one.Key.Is(name))
            .Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));
}
