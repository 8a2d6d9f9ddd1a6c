using System.Text;
using CogRecover.Sandbox.Arm;

namespace CogRecover.Core.Tests;

/// <summary>Somebody else who works on the same accounts.</summary>
internal static class OtherCaller
{
    public static async Task RestoreAsync(
        this HttpClient http, SimulatedArm arm, DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        var restore = new StringContent(
            $$$"""{"location":"{{{account.Location}}}","properties":{"restore":true}}""", Encoding.UTF8,
            "application/json");
        await http.SendAsync(HttpMethod.Put, arm, account.AccountId, restore, cancellationToken);
    }

    public static Task PurgeAsync(
        this HttpClient http, SimulatedArm arm, DeletedCognitiveAccount account, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Delete, arm, account.ResourceId, content: null, cancellationToken);

    private static async Task SendAsync(
        this HttpClient http, HttpMethod method, SimulatedArm arm, string id, HttpContent? content,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(arm.Endpoint, $"{id}?api-version=2025-06-01"));
        request.Headers.Authorization = new("Bearer", "other");
        request.Content = content;
        using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
