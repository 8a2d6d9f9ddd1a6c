using System.Text.Json;
using System.Text.Json.Serialization;
using CogRecover.Bench.Processes;

namespace CogRecover.Bench;

/// <summary>
/// Reads the pages of a list with an HttpClient and System.Text.Json, into the fields that the module reads, and drops
/// them: what somebody would write who needs no more than that.
/// </summary>
internal sealed class BareClient(Uri arm) : IDisposable
{
    private readonly HttpClient client = new()
    {
        DefaultRequestHeaders = { Authorization = new("Bearer", "bench") },
    };

    /// <summary>Reads the first subscription's list.</summary>
    /// <returns>The accounts in it.</returns>
    public async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        int accounts = 0;
        var next = new Uri(arm, $"subscriptions/{ArmProcess.SubscriptionId}/providers"
            + "/Microsoft.CognitiveServices/deletedAccounts?api-version=2025-06-01");
        while (next is not null)
        {
            using var response = await client.GetAsync(
                next, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var page = await JsonSerializer.DeserializeAsync(body, BareJson.Default.BarePage, cancellationToken)
                .ConfigureAwait(false) ?? throw new InvalidDataException("A page is null.");
            accounts += page.Value.Count;
            next = page.NextLink;
        }

        return accounts;
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose() => client.Dispose();
}

internal sealed record BarePage(List<BareAccount> Value, Uri? NextLink);

internal sealed record BareAccount(
    string Id, string? Kind, BareSku? Sku, BareIdentity? Identity, Dictionary<string, string>? Tags,
    BareSystemData? SystemData, BareProperties? Properties);

internal sealed record BareSku(string? Name);

internal sealed record BareIdentity(
    string? Type, string? PrincipalId, string? TenantId, Dictionary<string, JsonElement>? UserAssignedIdentities);

internal sealed record BareSystemData(string? CreatedBy);

internal sealed record BareProperties(
    DateTime? DeletionDate, DateTime? ScheduledPurgeDate, DateTime? DateCreated, string? ProvisioningState,
    string? CustomSubDomainName, string? Endpoint, string? InternalId, BareEncryption? Encryption,
    List<BareStorage>? UserOwnedStorage, BareNetworkAcls? NetworkAcls);

internal sealed record BareEncryption(BareKeyVaultProperties? KeyVaultProperties);

internal sealed record BareKeyVaultProperties(string? KeyVaultUri);

internal sealed record BareStorage(string? ResourceId);

internal sealed record BareNetworkAcls(List<BareRule>? VirtualNetworkRules);

internal sealed record BareRule(string? Id);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BarePage))]
internal sealed partial class BareJson : JsonSerializerContext;
