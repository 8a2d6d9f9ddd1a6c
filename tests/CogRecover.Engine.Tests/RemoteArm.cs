using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CogRecover.Sandbox.Arm.Faults;

namespace CogRecover.Engine.Tests;

/// <summary>What a test does with the simulated ARM past the engine, in one subscription: as anybody else who works
/// there.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="endpoint">Where it listens.</param>
/// <param name="subscription">The subscription.</param>
/// <param name="token">The engine's, by which its requests are told from others'.</param>
/// <param name="cancellationToken">Ends the test.</param>
internal sealed class RemoteArm(
    HttpClient http, Uri endpoint, string subscription, string token, CancellationToken cancellationToken)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public Uri Endpoint => endpoint;

    public string Subscription => subscription;

    /// <summary>Sets what goes wrong for the engine from now on; without an argument, nothing does.</summary>
    public async Task SetFaultsAsync(params Fault[] faults) => Succeeded(await SendAsync(
        HttpMethod.Post, "_sandbox/faults",
        JsonSerializer.Serialize(new { faults = faults.Select(fault => fault with { Token = token }) }, Json)));

    /// <summary>How often each fault has struck.</summary>
    public async Task<int[]> StrikesAsync() => Read<JsonObject>(
        await SendAsync(HttpMethod.Get, "_sandbox/faults"))["strikes"].Deserialize<int[]>()!;

    /// <summary>What the engine asked it since <see cref="ForgetRequestsAsync"/>.</summary>
    public async Task<List<LoggedRequest>> RequestsAsync() =>
        [.. (await AllRequestsAsync()).Where(request =>
            request.Headers.TryGetValue("Authorization", out string? sent) && sent == $"Bearer {token}")];

    /// <summary>What anybody asked it, without a token too.</summary>
    public async Task<List<LoggedRequest>> AllRequestsAsync() =>
        Read<List<LoggedRequest>>(await SendAsync(HttpMethod.Get, "_sandbox/requests"));

    public async Task<IEnumerable<string>> MethodsAsync() =>
        (await RequestsAsync()).Select(request => request.Method);

    public async Task<int> CountAsync(string method) => (await MethodsAsync()).Count(each => each == method);

    public async Task ForgetRequestsAsync() => Succeeded(await SendAsync(HttpMethod.Delete, "_sandbox/requests"));

    /// <summary>Creates a resource group; what is there already stays.</summary>
    public async Task AddGroupAsync(string group, string location = "eastus") =>
        Succeeded(await SendAsync(HttpMethod.Put, Group(group), $$"""{"location":"{{location}}"}"""));

    public async Task RemoveGroupAsync(string group) => Succeeded(await SendAsync(HttpMethod.Delete, Group(group)));

    /// <summary>Creates an account, and waits until it is.</summary>
    public async Task AddAccountAsync(
        string name, string group, string location = "eastus", string properties = "{}", string tags = "{}",
        string kind = "OpenAI")
    {
        await AddGroupAsync(group);
        Succeeded(await SendAsync(HttpMethod.Put, Account(name, group), $$$"""
            {"location":"{{{location}}}","kind":"{{{kind}}}","sku":{"name":"S0"},
            "properties":{{{properties}}},"tags":{{{tags}}}}
            """));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (await StateAsync(name, group) != "Succeeded") await Task.Delay(20, limit.Token);
    }

    /// <summary>Creates an account, and deletes it.</summary>
    public async Task AddDeletedAccountAsync(
        string name, string group, string location = "eastus", string properties = "{}", string tags = "{}",
        string kind = "OpenAI")
    {
        await AddAccountAsync(name, group, location, properties, tags, kind);
        Succeeded(await SendAsync(HttpMethod.Delete, Account(name, group)));
    }

    /// <summary>Creates what another provider has.</summary>
    /// <param name="id">From the provider on, such as <c>Microsoft.Storage/storageAccounts/name</c>.</param>
    public async Task<string> AddResourceAsync(string group, string id, string version, string body)
    {
        await AddGroupAsync(group);
        string path = $"subscriptions/{subscription}/resourceGroups/{group}/providers/{id}";
        Succeeded(await SendAsync(HttpMethod.Put, $"{path}?api-version={version}", body));
        return "/" + path;
    }

    /// <summary>Deletes what another provider has.</summary>
    public async Task RemoveResourceAsync(string id, string version) =>
        Succeeded(await SendAsync(HttpMethod.Delete, $"{id}?api-version={version}"));

    /// <summary>The state of a live account; null: there is none.</summary>
    public async Task<string?> StateAsync(string name, string group)
    {
        (HttpStatusCode status, string body) = await SendAsync(HttpMethod.Get, Account(name, group));
        return status == HttpStatusCode.NotFound
            ? null
            : (string?)Read<JsonObject>((status, body))["properties"]!["provisioningState"];
    }

    public async Task<bool> HasAccountAsync(string name, string group) => await StateAsync(name, group) is not null;

    public async Task<bool> HasDeletedAccountAsync(string name, string group, string location = "eastus") =>
        (await SendAsync(HttpMethod.Get, Deleted(name, group, location))).Status == HttpStatusCode.OK;

    /// <summary>Restores an account, as somebody else does.</summary>
    public async Task RestoreAsync(DeletedCognitiveAccount account) => Succeeded(await SendAsync(
        HttpMethod.Put, Account(account.Name, account.ResourceGroupName),
        $$$"""{"location":"{{{account.Location}}}","properties":{"restore":true}}"""));

    /// <summary>Purges an account, as somebody else does.</summary>
    public async Task PurgeAsync(DeletedCognitiveAccount account) => Succeeded(await SendAsync(
        HttpMethod.Delete, Deleted(account.Name, account.ResourceGroupName, account.Location)));

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(
        HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(endpoint, path));
        request.Headers.Authorization = new("Bearer", "other");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static T Read<T>((HttpStatusCode Status, string Body) answer)
    {
        Succeeded(answer);
        return JsonSerializer.Deserialize<T>(answer.Body, Json)!;
    }

    private static void Succeeded((HttpStatusCode Status, string Body) answer)
    {
        if ((int)answer.Status >= 300) throw new InvalidOperationException($"{answer.Status}: {answer.Body}");
    }

    private string Group(string group) =>
        $"subscriptions/{subscription}/resourceGroups/{group}?api-version=2022-09-01";

    private string Account(string name, string group) => $"subscriptions/{subscription}/resourceGroups/{group}"
        + $"/providers/Microsoft.CognitiveServices/accounts/{name}?api-version=2025-06-01";

    private string Deleted(string name, string group, string location) =>
        $"subscriptions/{subscription}/providers/Microsoft.CognitiveServices/locations/{location}"
        + $"/resourceGroups/{group}/deletedAccounts/{name}?api-version=2025-06-01";
}
