using System.Net;

namespace CogRecover.Core.Tests.Simulator.Endpoints;

/// <summary>User-assigned identities.</summary>
public sealed class IdentityTests : SimulatorTest
{
    private string Identity => $"{Group("rg")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id";

    [Fact]
    public async Task An_account_has_the_ids_of_the_identity_that_it_was_given()
    {
        var identity = State.AddUserAssignedIdentity("id", "rg", "West Europe");
        var found = (await GetAsync(Identity)).Body!;
        Assert.Equal((Identity, "westeurope"), ((string?)found["id"], (string?)found["location"]));
        Assert.Equal((State.TenantId, identity.PrincipalId, identity.ClientId),
            ((string?)found["properties"]!["tenantId"], (string?)found["properties"]!["principalId"],
                (string?)found["properties"]!["clientId"]));
        var created = await PutAsync(Account("a", "rg"), $$$"""
            {"location":"eastus","kind":"OpenAI","sku":{"name":"S0"},
             "identity":{"type":"UserAssigned","userAssignedIdentities":{"{{{Identity}}}":{} } } }
            """);
        var given = created.Body!["identity"]!["userAssignedIdentities"]![Identity]!;
        Assert.Equal((identity.PrincipalId, identity.ClientId),
            ((string?)given["principalId"], (string?)given["clientId"]));
    }

    [Fact]
    public async Task One_goes_with_its_group_and_another_of_its_name_is_somebody_else()
    {
        State.AddResourceGroup("rg");
        const string body = """{"location":"eastus","tags":{"x":"y"}}""";
        var created = await PutAsync(Identity, body);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var again = await PutAsync(Identity, """{"location":"eastus"}""");
        Assert.Equal((HttpStatusCode.OK, created.Body!.ToJsonString()), (again.Status, again.Body!.ToJsonString()));
        await DeleteAsync(Group("rg"));
        await PutAsync(Group("rg"), body);
        Assert.Equal("ResourceNotFound", (await GetAsync(Identity)).Code);
        var anew = await PutAsync(Identity, body);
        Assert.Equal(HttpStatusCode.Created, anew.Status);
        Assert.NotEqual(
            (string?)created.Body["properties"]!["principalId"], (string?)anew.Body!["properties"]!["principalId"]);
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(Identity)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(Identity)).Status);
    }
}
