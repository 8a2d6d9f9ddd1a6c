using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Service;

namespace CogRecover.Core.Tests.Simulator.Json;

/// <summary>The simulator against what the real service answered.</summary>
public sealed partial class ConformanceTests : SimulatorTest
{
    protected override SimulatedArmOptions Options => base.Options with
    {
        SubscriptionId = Guid.Empty.ToString(),
        CreateTime = TimeSpan.FromSeconds(32),
        PurgeTime = TimeSpan.FromSeconds(1),
    };

    [Fact]
    public async Task The_recorded_session_gets_the_recorded_answers()
    {
        var session = Recorded.Read("soft-delete-session.json").AsArray();
        State.AddResourceGroup(((string)session[0]!["request"]!["path"]!).Split('/')[4]);
        var operation = "";
        foreach (var (request, response) in session.Select(one => (one!["request"]!, one["response"]!)))
        {
            var headers = response["headers"]!.AsObject();
            var date = DateTimeOffset.Parse((string)headers["Date"]!, CultureInfo.InvariantCulture);
            Clock.Advance(date - Clock.GetUtcNow());
            var path = Operation().Replace((string)request["path"]!, operation);
            var answer = await SendAsync(
                new HttpMethod((string)request["method"]!), path, request["body"]?.ToJsonString());

            var step = $"{request["method"]} {path}\n";
            Assert.Equal(step + response["status"], step + (int)answer.Status);
            Assert.Equal(
                step + Names(headers.Select(header => header.Key)),
                step + Names(answer.Headers.Keys.Except(["Content-Type", "Content-Length"])));
            Assert.Equal(step + Recorded.Shape(response["body"]), step + Recorded.Shape(answer.Body));
            Assert.Equal((string?)response["body"]?["status"], (string?)answer.Body?["status"]);
            if (answer.Headers.TryGetValue("azure-asyncoperation", out var uri))
                operation = Operation().Match(uri).Value;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_listed_account_has_the_recorded_shape(int index)
    {
        var recorded = Recorded.Read("deleted-accounts-list.json")["value"]![index]!;
        var properties = recorded["properties"]!;
        State.AddDeletedAccount(
            (string)recorded["name"]!, "rg", (string)recorded["location"]!, (string)recorded["kind"]!,
            (string)recorded["sku"]!["name"]!,
            account =>
            {
                account.CustomSubDomainName = (string?)properties["customSubDomainName"];
                account.Tags = recorded["tags"] is null ? null : new Dictionary<string, string>();
                account.Identity = recorded["identity"]!.DeepClone().AsObject();
                account.Properties = [];
                foreach (var set in new[] { "networkAcls", "encryption" })
                    if (properties[set] is JsonObject value) account.Properties[set] = value.DeepClone();
            });
        var listed = (await GetAsync(DeletedAccounts)).Body!["value"]![0];
        Assert.Equal(Recorded.Shape(recorded), Recorded.Shape(listed));
        Assert.Equal((string?)recorded["location"], (string?)listed!["location"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$", (string)listed["properties"]!["deletionDate"]!);
    }

    private static string Names(IEnumerable<string> names) =>
        string.Join('\n', names.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal));

    [GeneratedRegex("(?<=operationResults/)[0-9a-f-]{36}")]
    private static partial Regex Operation();
}
