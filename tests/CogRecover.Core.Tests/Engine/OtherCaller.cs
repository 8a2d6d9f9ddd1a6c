using System.Text;
using CogRecover.Sandbox.Arm;

namespace CogRecover.Core.Tests.Engine;

/// <summary>Somebody else who works on the same accounts.</summary>
internal static class OtherCaller
{
    public static async Task RestoreAsync(
        this HttpClient http, SimulatedArm arm, DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Put, new Uri(arm.Endpoint, $"{account.AccountId}?api-version=2025-06-01"));
        request.Headers.Authorization = new("Bearer", "other");
        request.Content = new StringContent(
            $$$"""{"location":"{{{account.Location}}}","properties":{"restore":true}}""", Encoding.UTF8,
            "application/json");
        using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
