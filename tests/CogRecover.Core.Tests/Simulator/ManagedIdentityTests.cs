using System.Net;
using System.Net.Http.Headers;

namespace CogRecover.Core.Tests.Simulator;

public sealed class ManagedIdentityTests : SimulatorTest
{
    private const string ClientId = "9f1c3c54-6d0e-4b57-8d0b-5b0c8f9f0a11";

    [Fact]
    public async Task A_token_of_the_identity_endpoint_is_one_that_ARM_takes()
    {
        Answer token = await TokenAsync();

        Assert.Equal(HttpStatusCode.OK, token.Status);
        Assert.Equal("https://management.azure.com/", (string?)token.Body!["resource"]);
        Answer list = await SendAsync(HttpMethod.Get, DeletedAccounts, configure: request =>
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer", (string)token.Body["access_token"]!));
        Assert.Equal(HttpStatusCode.OK, list.Status);
    }

    [Fact]
    public async Task A_user_assigned_identity_is_named_by_its_client_id()
    {
        Arm.Identity.ClientIds.Add(ClientId);
        Arm.Identity.HasSystemAssigned = false;

        Assert.Equal(HttpStatusCode.OK, (await TokenAsync($"&client_id={ClientId}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await TokenAsync()).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await TokenAsync($"&client_id={Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task Without_the_header_there_is_no_token()
    {
        Answer answer = await TokenAsync(header: "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.DoesNotContain("access_token", answer.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    private Task<Answer> TokenAsync(string query = "", string? header = null) => SendAsync(
        HttpMethod.Get,
        $"{Arm.IdentityEndpoint.AbsolutePath}?api-version=2019-08-01&resource=https://management.azure.com/{query}",
        configure: request => request.Headers.Add("X-IDENTITY-HEADER", header ?? Arm.Identity.Header));
}
