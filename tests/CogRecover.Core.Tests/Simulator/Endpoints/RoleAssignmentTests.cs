using System.Net;

namespace CogRecover.Core.Tests.Simulator.Endpoints;

public sealed class RoleAssignmentTests : SimulatorTest
{
    private const string Role = "e147488a-f6f5-4113-8e2d-b22465e65bf6";

    private const string Ann = "aaaaaaaa-0000-0000-0000-000000000001";

    private const string Bob = "bbbbbbbb-0000-0000-0000-000000000002";

    private string Vault => $"{Group("rg")}/providers/Microsoft.KeyVault/vaults/kv";

    [Fact]
    public async Task Those_at_a_vault_have_the_inherited_ones_among_them()
    {
        State.AddKeyVault("kv", "rg");
        State.AddRoleAssignment("/", Ann, "Owner", "User");
        State.AddRoleAssignment(Subscription, Ann, "Reader", "User");
        State.AddRoleAssignment(Group("RG"), Bob, "Contributor");
        var at = State.AddRoleAssignment(Vault, Ann, "Key Vault Crypto Service Encryption User");
        State.AddRoleAssignment(Vault.Replace("/kv", "/kv2", StringComparison.Ordinal), Ann, "Reader");
        State.AddRoleAssignment(Group("other"), Ann, "Reader");
        Assert.Equal(["/", Subscription, Vault], await ScopesAsync(Vault, $"assignedTo('{Ann}')"));
        Assert.Equal([Group("RG")], await ScopesAsync(Vault, $"principalId eq '{Bob}'"));
        Assert.Equal(["/", Subscription, Group("RG"), Vault], await ScopesAsync(Vault, "atScope()"));
        var listed = (await ListAsync(Vault, $"atScope() and assignedTo('{Ann.ToUpperInvariant()}')"))
            .Body!["value"]![2]!;
        Assert.Equal((at.Id, at.Name, "Microsoft.Authorization/roleAssignments"),
            ((string?)listed["id"], (string?)listed["name"], (string?)listed["type"]));
        var properties = listed["properties"]!;
        Assert.Equal($"{Subscription}/providers/Microsoft.Authorization/roleDefinitions/{Role}",
            (string?)properties["roleDefinitionId"]);
        Assert.Equal((Ann, "ServicePrincipal", Vault),
            ((string?)properties["principalId"], (string?)properties["principalType"], (string?)properties["scope"]));
    }

    [Fact]
    public async Task Without_atScope_those_below_a_scope_are_found_too()
    {
        State.AddKeyVault("kv", "rg");
        State.AddRoleAssignment(Vault, Ann, Role);
        Assert.Equal([Vault], await ScopesAsync(Group("rg"), $"principalId eq '{Ann}'"));
        Assert.Empty(await ScopesAsync(Group("rg"), $"atScope() and assignedTo('{Ann}')"));
        var refused = await ListAsync(Vault, "roleName eq 'Reader'");
        Assert.Equal((HttpStatusCode.BadRequest, "UnsupportedFilter"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task They_go_with_the_resource_and_come_back_with_no_restore_or_recovery()
    {
        State.AddKeyVault("kv", "rg");
        State.AddAccount("a", "rg");
        State.AddAccount("ab", "rg");
        foreach (var scope in new[] { Vault, Account("a", "rg"), Account("ab", "rg"), Group("rg"), Subscription })
            State.AddRoleAssignment(scope, Ann, "Reader");
        await DeleteAsync(Account("a", "rg"));
        await RestoreAsync("a", "rg");
        await DeleteAsync(Vault);
        await PutAsync(Vault, """{"location":"eastus","properties":{"createMode":"recover"}}""");
        Assert.Equal([Account("ab", "rg"), Group("rg"), Subscription], State.RoleAssignments.Select(one => one.Scope));
        Assert.Equal([Group("rg"), Subscription], await ScopesAsync(Vault, $"assignedTo('{Ann}')"));

        await DeleteAsync(Group("rg"));
        await PutAsync(Group("rg"), """{"location":"eastus"}""");
        Assert.Equal([Subscription], State.RoleAssignments.Select(one => one.Scope));
    }

    [Fact]
    public async Task One_is_made_once_under_a_name_and_cannot_be_changed()
    {
        State.AddKeyVault("kv", "rg");
        var name = Guid.NewGuid().ToString();
        var created = await PutAsync(One(name), Body(Ann, Role));
        Assert.Equal((HttpStatusCode.Created, One(name)), (created.Status, (string?)created.Body!["id"]));
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(One(name), Body(Ann, Role))).Status);
        var changed = await PutAsync(One(name), Body(Bob, Role));
        Assert.Equal((HttpStatusCode.Conflict, "RoleAssignmentUpdateNotPermitted"), (changed.Status, changed.Code));
        var twice = await PutAsync(One(Guid.NewGuid().ToString()), Body(Ann, Role));
        Assert.Equal((HttpStatusCode.Conflict, "RoleAssignmentExists"), (twice.Status, twice.Code));
        Assert.Equal(Ann, (string?)(await GetAsync(One(name))).Body!["properties"]!["principalId"]);
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(One(name))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(One(name))).Status);
        Assert.Equal("RoleAssignmentNotFound", (await GetAsync(One(name))).Code);
    }

    [Fact]
    public async Task One_can_only_be_made_on_what_is_there_and_by_who_may()
    {
        State.AddDeletedKeyVault("kv", "rg");
        var name = Guid.NewGuid().ToString();
        Assert.Equal("ResourceNotFound", (await PutAsync(One(name), Body(Ann, Role))).Code);
        State.Permissions = [new(["*"], ["Microsoft.Authorization/*/write"])];
        var refused = await PutAsync(One(name), Body(Ann, Role));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("'Microsoft.Authorization/roleAssignments/write'", refused.Message, StringComparison.Ordinal);
        State.RemoveResourceGroup("rg");
        Assert.Equal("ResourceGroupNotFound", (await ListAsync(Vault, "atScope()")).Code);
    }

    private string One(string name) => $"{Vault}/providers/Microsoft.Authorization/roleAssignments/{name}";

    private static string Body(string principalId, string role) => $$$"""
        {"properties":{"principalId":"{{{principalId}}}","principalType":"ServicePrincipal",
         "roleDefinitionId":"/providers/Microsoft.Authorization/roleDefinitions/{{{role}}}"}}
        """;

    private Task<Answer> ListAsync(string scope, string filter) => GetAsync(
        $"{scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter={filter}");

    private async Task<string[]> ScopesAsync(string scope, string filter) =>
        [.. (await ListAsync(scope, filter)).Body!["value"]!.AsArray()
            .Select(one => (string)one!["properties"]!["scope"]!)];
}
