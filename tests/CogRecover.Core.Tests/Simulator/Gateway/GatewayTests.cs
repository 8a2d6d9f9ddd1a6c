using System.Net;
using System.Net.Sockets;
using CogRecover.Sandbox.Arm;

namespace CogRecover.Core.Tests.Simulator.Gateway;

public sealed class GatewayTests : SimulatorTest
{
    [Fact]
    public async Task Without_a_token_it_is_401_and_says_where_to_sign_in()
    {
        var refused = await SendAsync(
            HttpMethod.Get, DeletedAccounts, configure: request => request.Headers.Authorization = null);
        Assert.Equal((HttpStatusCode.Unauthorized, "AuthenticationFailed"), (refused.Status, refused.Code));
        Assert.StartsWith("Bearer authorization_uri=", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.Contains(State.TenantId, refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}/providers/Microsoft.CognitiveServices/deletedAccounts?x=y", 400, "MissingApiVersionParameter")]
    [InlineData("{0}/providers/Microsoft.CognitiveServices/deletedAccounts?api-version=2017-04-18", 400,
        "NoRegisteredProviderFound")]
    [InlineData("/subscriptions?api-version=2001-01-01", 400, "InvalidApiVersionParameter")]
    [InlineData("/subscriptions/nonsense/resourceGroups", 400, "InvalidSubscriptionId")]
    [InlineData("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups", 404, "SubscriptionNotFound")]
    [InlineData("{0}/resourceGroups/none", 404, "ResourceGroupNotFound")]
    [InlineData("{0}/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/none", 404, "ResourceNotFound")]
    [InlineData("{0}/providers/Microsoft.CognitiveServices/locations/eastus/resourceGroups/rg/deletedAccounts/none",
        404, "ResourceNotFound")]
    [InlineData("{0}/providers/Microsoft.CognitiveServices/nothings", 404, "InvalidResourceType")]
    [InlineData("{0}/providers/Microsoft.Nothing/nothings", 404, "InvalidResourceNamespace")]
    [InlineData("{0}/providers/Microsoft.CognitiveServices/deletedAccounts?api-version=2025-06-01&$skiptoken=x", 400,
        "InvalidSkipToken")]
    public async Task A_bad_request_has_the_code_that_ARM_gives_it(string path, int status, string code)
    {
        State.AddResourceGroup("rg");
        var refused = await GetAsync(path.Replace("{0}", Subscription, StringComparison.Ordinal));
        Assert.Equal((status, code), ((int)refused.Status, refused.Code));
        Assert.NotEmpty(refused.Message);
    }

    [Theory]
    [InlineData("2021-04-30")]
    [InlineData("2023-05-01")]
    [InlineData("2024-06-01-preview")]
    [InlineData("2025-06-01")]
    public async Task Every_api_version_since_2021_04_30_lists_deleted_accounts(string version) =>
        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"{DeletedAccounts}?api-version={version}")).Status);

    [Theory]
    [InlineData("{nonsense")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"location":1}""")]
    [InlineData("""{"location":"eastus","location":"westus"}""")]
    public async Task A_body_that_cannot_be_read_is_InvalidRequestContent(string body)
    {
        State.AddResourceGroup("rg");
        var refused = await PutAsync(Account("a", "rg"), body);
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidRequestContent"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_method_that_a_resource_lacks_is_405() =>
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(HttpMethod.Post, DeletedAccounts)).Status);

    [Fact]
    public async Task Case_and_doubled_slashes_do_not_matter()
    {
        State.AddDeletedAccount("a", "rg");
        var answer = await SendAsync(HttpMethod.Get, DeletedAccounts.ToUpperInvariant() + "?api-version=2025-06-01",
            configure: request => request.RequestUri = new Uri(request.RequestUri!.ToString().Replace(
                "/SUBSCRIPTIONS/", "//SUBSCRIPTIONS//", StringComparison.Ordinal)));
        Assert.Equal(["a"], answer.Names);
    }

    [Fact]
    public async Task Every_answer_carries_ARMs_ids_and_the_clients_correlation()
    {
        var answer = await SendAsync(HttpMethod.Get, "/tenants", configure: request =>
        {
            request.Headers.Add("x-ms-correlation-request-id", "c0");
            request.Headers.Add("x-ms-client-request-id", "c1");
            request.Headers.Add("x-ms-return-client-request-id", "true");
        });
        Assert.Equal("c0", answer.Headers["x-ms-correlation-request-id"]);
        Assert.Equal("c1", answer.Headers["x-ms-client-request-id"]);
        Assert.True(Guid.TryParse(answer.Headers["x-ms-request-id"], out _));
    }

    [Fact]
    public async Task Requests_are_logged_as_they_came_and_can_be_forgotten()
    {
        State.AddResourceGroup("rg");
        await PutAsync(Account("a b", "rg"), """{"x":1}""");
        var request = Assert.Single(Arm.Requests);
        Assert.Equal(("PUT", Account("a b", "rg"), """{"x":1}""", 400, Clock.GetUtcNow()),
            (request.Method, request.Path, request.Body, request.Status, request.At));
        Assert.EndsWith("/accounts/a%20b?api-version=2025-06-01", request.RawTarget, StringComparison.Ordinal);
        Assert.Equal("Bearer test", request.Headers["authorization"]);
        Arm.ClearRequests();
        Assert.Empty(Arm.Requests);
    }

    [Fact]
    public async Task An_interceptor_answers_instead_and_is_logged()
    {
        Arm.Intercept = http =>
        {
            http.Response.StatusCode = 418;
            return Task.FromResult(http.Request.Method == "GET");
        };
        Assert.Equal(418, (int)(await GetAsync("/tenants")).Status);
        Assert.Equal(418, Arm.Requests.Single().Status);
    }

    [Fact]
    public async Task A_port_in_use_is_an_IOException()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await Assert.ThrowsAsync<IOException>(() => SimulatedArm.StartAsync(
            new() { Port = port }, TestContext.Current.CancellationToken));
    }
}
