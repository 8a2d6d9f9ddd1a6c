using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm;
using CogRecover.Sandbox.Arm.Service;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Core.Tests.Simulator;

/// <summary>A simulator of one test, and a client that knows no Azure.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    private static readonly (string Part, string Version)[] Versions =
    [
        ("roleAssignments", "2022-04-01"), ("CognitiveServices", "2025-06-01"), ("KeyVault", "2023-07-01"),
        ("Storage", "2023-05-01"), ("Network", "2024-05-01"), ("ManagedIdentity", "2023-01-31"),
        ("permissions", "2022-04-01"), ("locks", "2020-05-01"), ("Insights", "2015-04-01"),
        ("", "2022-09-01"),
    ];

    private readonly HttpClient client = new();

    protected ManualClock Clock { get; } = new();

    protected SimulatedArm Arm { get; private set; } = null!;

    protected ArmState State => Arm.State;

    protected string Subscription => "/subscriptions/" + State.DefaultSubscriptionId;

    protected string DeletedAccounts => Subscription + "/providers/Microsoft.CognitiveServices/deletedAccounts";

    protected virtual SimulatedArmOptions Options => new() { SampleData = false, Clock = Clock };

    public async ValueTask InitializeAsync() => Arm = await SimulatedArm.StartAsync(Options);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        client.Dispose();
        await Arm.DisposeAsync();
    }

    protected string Group(string group) => $"{Subscription}/resourceGroups/{group}";

    protected string Account(string name, string group) =>
        $"{Group(group)}/providers/Microsoft.CognitiveServices/accounts/{name}";

    protected string Deleted(string name, string group, string location = "eastus") =>
        $"{Subscription}/providers/Microsoft.CognitiveServices/locations/{location}/resourceGroups/{group}" +
        $"/deletedAccounts/{name}";

    protected Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    protected Task<Answer> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body);

    protected Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    protected Task<Answer> RestoreAsync(string name, string group, string location = "eastus") =>
        PutAsync(Account(name, group), $$$"""{"location":"{{{location}}}","properties":{"restore":true}}""");

    /// <summary>Sends with a token, and with an api-version unless the path has a query.</summary>
    protected async Task<Answer> SendAsync(
        HttpMethod method, string path, string? body = null, Action<HttpRequestMessage>? configure = null)
    {
        var target = path.Contains('?', StringComparison.Ordinal) ? path : path + "?api-version=" + VersionFor(path);
        using var request = new HttpRequestMessage(method, new Uri(Arm.Endpoint, target));
        request.Headers.Authorization = new("Bearer", "test");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        configure?.Invoke(request);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), headers);
    }

    private static string VersionFor(string path) => Versions.First(
        one => path.Contains(one.Part, StringComparison.OrdinalIgnoreCase)).Version;

    protected sealed record Answer(HttpStatusCode Status, JsonNode? Body, IReadOnlyDictionary<string, string> Headers)
    {
        public string? Code => (string?)Body?["error"]?["code"];

        public string Message => (string?)Body?["error"]?["message"] ?? "";

        public string[] Names => [.. Body!["value"]!.AsArray().Select(one => (string)one!["name"]!)];
    }
}
