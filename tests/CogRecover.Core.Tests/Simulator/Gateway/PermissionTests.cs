using System.Net;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Core.Tests.Simulator.Gateway;

public sealed class PermissionTests : SimulatorTest
{
    private const string Provider = "/providers/Microsoft.Authorization/permissions";

    private const string Purge = "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete";

    protected override SimulatedArmOptions Options => base.Options with { PageSize = 2 };

    [Fact]
    public async Task An_owner_is_told_so_on_a_subscription_and_a_group()
    {
        State.AddResourceGroup("rg");
        const string owner = """{"actions":["*"],"notActions":[],"dataActions":[],"notDataActions":[]}""";
        foreach (var scope in new[] { Subscription, Group("rg") })
        {
            var granted = Assert.Single((await GetAsync(scope + Provider)).Body!["value"]!.AsArray());
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(owner), granted));
        }

        Assert.Equal("ResourceGroupNotFound", (await GetAsync(Group("none") + Provider)).Code);
    }

    [Fact]
    public async Task A_groups_permissions_include_the_subscriptions_and_come_in_pages()
    {
        State.AddResourceGroup("rg");
        State.Permissions = [new(["*/read"]), new(["Microsoft.Support/*"])];
        State.SetPermissions([new(["*"], ["Microsoft.Authorization/*/write"])], "rg");
        var first = (await GetAsync(Group("rg") + Provider)).Body!;
        var second = (await GetAsync((string)first["nextLink"]!)).Body!;
        Assert.Equal(
            ["*", "*/read", "Microsoft.Support/*"],
            first["value"]!.AsArray().Concat(second["value"]!.AsArray()).Select(one => (string?)one!["actions"]![0]));
        Assert.Equal("Microsoft.Authorization/*/write", (string?)first["value"]![0]!["notActions"]![0]);
        Assert.Null(second["nextLink"]);
        Assert.Equal(2, (await GetAsync(Subscription + Provider)).Body!["value"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_role_on_the_group_restores_but_does_not_purge_or_list_what_is_deleted()
    {
        State.AddDeletedAccount("a", "rg");
        State.AddDeletedAccount("b", "rg");
        State.Permissions = [];
        State.SetPermissions([ArmPermission.All], "RG");
        var refused = await DeleteAsync(Deleted("a", "rg"));
        Assert.Equal((HttpStatusCode.Forbidden, "AuthorizationFailed"), (refused.Status, refused.Code));
        Assert.Equal("The client 'admin@contoso.com' with object id '5b0e8f6a-3d27-4c41-9e8b-1f6a0d2c7e94' does not " +
            $"have authorization to perform action '{Purge}' over scope '{Subscription}' or the scope is invalid. " +
            "If access was recently granted, please refresh your credentials.", refused.Message);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(DeletedAccounts)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(Deleted("a", "rg"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await RestoreAsync("a", "rg")).Status);
        State.RemoveResourceGroup("rg");
        Assert.Equal(HttpStatusCode.Forbidden, (await RestoreAsync("b", "rg")).Status);
    }

    [Theory]
    [InlineData("GET", "{group}", "Microsoft.Resources/subscriptions/resourceGroups/read")]
    [InlineData("PUT", "{group}", "Microsoft.Resources/subscriptions/resourceGroups/write")]
    [InlineData("GET", "{group}/providers/Microsoft.CognitiveServices/accounts/a",
        "Microsoft.CognitiveServices/accounts/read")]
    [InlineData("PUT", "{group}/providers/Microsoft.CognitiveServices/accounts/a",
        "Microsoft.CognitiveServices/accounts/write")]
    [InlineData("DELETE", "{group}/providers/Microsoft.CognitiveServices/accounts/a",
        "Microsoft.CognitiveServices/accounts/delete")]
    [InlineData("POST", "{group}/providers/Microsoft.CognitiveServices/accounts/a/listKeys",
        "Microsoft.CognitiveServices/accounts/listKeys/action")]
    [InlineData("GET", "{group}/providers/Microsoft.KeyVault/vaults/v", "Microsoft.KeyVault/vaults/read")]
    [InlineData("GET", "{subscription}/providers/Microsoft.KeyVault/deletedVaults",
        "Microsoft.KeyVault/deletedVaults/read")]
    [InlineData("GET", "{group}/providers/Microsoft.Storage/storageAccounts/s",
        "Microsoft.Storage/storageAccounts/read")]
    [InlineData("GET", "{group}/providers/Microsoft.Network/virtualNetworks/v/subnets/s",
        "Microsoft.Network/virtualNetworks/subnets/read")]
    [InlineData("GET", "{subscription}/providers/Microsoft.Insights/eventtypes/management/values",
        "Microsoft.Insights/eventtypes/values/read")]
    public async Task What_no_role_grants_is_refused_by_its_action_and_what_one_grants_is_not(
        string method, string path, string action)
    {
        State.AddResourceGroup("rg");
        path = path.Replace("{group}", Group("rg"), StringComparison.Ordinal)
            .Replace("{subscription}", Subscription, StringComparison.Ordinal);
        State.Permissions = [new(["*"], [action.ToUpperInvariant()])];
        var refused = await SendAsync(new(method), path, "{}");
        Assert.Equal((HttpStatusCode.Forbidden, "AuthorizationFailed"), (refused.Status, refused.Code));
        Assert.Contains($"'{action}'", refused.Message, StringComparison.OrdinalIgnoreCase);
        State.Permissions = [.. State.Permissions, new([action.ToLowerInvariant()])];
        Assert.NotEqual(HttpStatusCode.Forbidden, (await SendAsync(new(method), path, "{}")).Status);
    }

    [Fact]
    public async Task A_list_over_the_subscription_shows_what_may_be_read()
    {
        State.AddAccount("mine", "rg-mine");
        State.AddAccount("other", "rg-other");
        State.Permissions = [];
        State.SetPermissions([new(["*/read"])], "rg-mine");
        Assert.Equal(["rg-mine"], (await GetAsync(Subscription + "/resourceGroups")).Names);
        Assert.Equal(["mine"], (await GetAsync(Subscription + "/resources")).Names);
        Assert.Equal(["mine"],
            (await GetAsync(Subscription + "/providers/Microsoft.CognitiveServices/accounts")).Names);
    }

    [Theory]
    [InlineData("Microsoft.CognitiveServices/*/read", "microsoft.cognitiveservices/accounts/READ", true)]
    [InlineData("*/accounts/*", "Microsoft.CognitiveServices/accounts/write", true)]
    [InlineData("Microsoft.CognitiveServices/accounts", "Microsoft.CognitiveServices/accounts/write", false)]
    [InlineData("Microsoft.CognitiveServices/accounts/read", "MicrosoftXCognitiveServices/accounts/read", false)]
    public void An_action_matches_as_a_whole_with_wildcards_and_in_any_case(string pattern, string action, bool allows)
    {
        Assert.Equal(allows, new ArmPermission([pattern]).Allows(action));
        Assert.Equal(!allows, new ArmPermission(["*"], [pattern]).Allows(action));
    }
}
