using System.Net;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Core.Tests.Simulator.Faults;

public sealed class FaultTests : SimulatorTest
{
    [Fact]
    public async Task A_fault_strikes_the_requests_that_it_is_for_as_often_as_it_is_told()
    {
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 502, Code = "Bad", Method = "get", Path = "/subscriptions$", Skip = 1, Times = 2,
        });

        List<HttpStatusCode> statuses = [];
        for (int i = 0; i < 4; i++)
        {
            statuses.Add((await GetAsync("/subscriptions")).Status);
        }

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.BadGateway, HttpStatusCode.BadGateway, HttpStatusCode.OK], statuses);
        Assert.Equal([2], Arm.Faults.Strikes);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_strikes()
    {
        List<bool> first = await DrawAsync();

        Assert.Equal(first, await DrawAsync());
        Assert.Contains(true, first);
        Assert.Contains(false, first);

        async Task<List<bool>> DrawAsync()
        {
            Arm.Faults.Set(new FaultPlan { Seed = 7, Faults = [new() { Kind = FaultKind.Empty, Chance = 0.5 }] });
            List<bool> struck = [];
            for (int i = 0; i < 20; i++)
            {
                struck.Add((await GetAsync("/subscriptions")).Body is null);
            }

            return struck;
        }
    }

    [Theory]
    [InlineData(false, HttpStatusCode.OK)]
    [InlineData(true, HttpStatusCode.NotFound)]
    public async Task An_answer_is_lost_before_or_after_what_was_asked_is_done(bool after, HttpStatusCode then)
    {
        Arm.State.AddDeletedAccount("lost", "rg-ai", "eastus");
        Arm.Faults.Set(new Fault { Kind = FaultKind.Reset, Method = "DELETE", After = after });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => DeleteAsync(Deleted("lost", "rg-ai")));

        Arm.Faults.Set();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(then, (await GetAsync(Deleted("lost", "rg-ai"))).Status);
    }

    [Theory]
    [InlineData(FaultKind.ResetInHeader)]
    [InlineData(FaultKind.ResetInBody)]
    public async Task A_connection_breaks_where_it_is_told(FaultKind kind)
    {
        Arm.Faults.Set(new Fault { Kind = kind });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => GetAsync("/subscriptions"));
    }

    [Fact]
    public async Task Values_of_an_answer_are_edited()
    {
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Edit, Edits = { ["/value/*/displayName"] = 7, ["/nextLink"] = "x" },
        });

        Answer answer = await GetAsync("/subscriptions");

        Assert.Equal(7, (int?)answer.Body!["value"]![0]!["displayName"]);
        Assert.Equal("x", (string?)answer.Body["nextLink"]);
    }

    [Fact]
    public async Task An_answer_has_the_body_and_the_headers_that_it_is_told()
    {
        Arm.Faults.Set(new Fault
        {
            Kind = FaultKind.Status, Status = 418, Body = """{"error":{"code":"Teapot"}}""",
            Headers = { ["WWW-Authenticate"] = "Bearer claims=\"abc\"", ["x-ms-request-id"] = null },
        });

        Answer answer = await GetAsync("/subscriptions");

        Assert.Equal((418, "Teapot"), ((int)answer.Status, answer.Code));
        Assert.Equal("Bearer claims=\"abc\"", answer.Headers["WWW-Authenticate"]);
        Assert.DoesNotContain("x-ms-request-id", answer.Headers.Keys);
    }

    [Fact]
    public async Task A_fault_for_one_caller_leaves_the_others_alone()
    {
        Arm.Faults.Set(new Fault { Kind = FaultKind.Status, Status = 500, Code = "Odd", Token = "another" });

        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/subscriptions")).Status);
        Answer struck = await SendAsync(
            HttpMethod.Get, "/subscriptions", configure: request => request.Headers.Authorization = new("Bearer", "another"));
        Assert.Equal(HttpStatusCode.InternalServerError, struck.Status);
    }

    [Fact]
    public async Task The_requests_are_read_and_forgotten_from_outside()
    {
        const string requests = "/_sandbox/requests?";
        await GetAsync("/subscriptions");

        JsonNode request = Assert.Single((await GetAsync(requests)).Body!.AsArray())!;

        Assert.Equal(("GET", "/subscriptions", 200),
            ((string?)request["method"], (string?)request["path"], (int?)request["status"]));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await PutAsync(requests, "{}")).Status);
        Assert.Empty((await DeleteAsync(requests)).Body!.AsArray());
        Assert.Empty((await GetAsync(requests)).Body!.AsArray());
    }

    [Theory]
    [InlineData("""{"faults":[{"kind":"Earthquake"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"faults":[{"status":500}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"faults":[{"kind":"Reset","path":"("}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"faults":[{"kind":"Reset","tims":2}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"faults":[{"kind":"Status","status":99}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"faults":[{"kind":"Edit","headers":null}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"faults":[{"kind":"Edit","headers":{"a b":"c"}}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"faults":[{"kind":"Edit","headers":{"a":"b\nc"}}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"faults":[{"kind":"Edit","headers":{"a":"b","c":null}}]}""", HttpStatusCode.OK)]
    [InlineData("""{"faults":[]}""", HttpStatusCode.OK)]
    public async Task Faults_are_set_from_outside_and_a_wrong_plan_is_refused(string plan, HttpStatusCode status)
    {
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.PostAsync(
            new Uri(Arm.Endpoint, "_sandbox/faults"), new StringContent(plan), TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(Arm.Requests);
    }
}
