using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CogRecover.Core.Accounts;
using CogRecover.Core.Arm;
using CogRecover.Core.Errors;
using CogRecover.Core.Http;
using CogRecover.Core.References;
using FsCheck;
using FsCheck.Xunit;

namespace CogRecover.Engine.Tests.Accounts;

/// <summary>What holds for whatever a user types, and whatever a service sends.</summary>
[Properties(MaxTest = 1000)]
public sealed class PropertyTests
{
    private const string Subscription = "11111111-2222-3333-4444-555555555555";

    private const string Id = $"/subscriptions/{Subscription}/providers/Microsoft.CognitiveServices/locations/eastus"
        + "/resourceGroups/rg/deletedAccounts/a";

    // Every field that is read, each as the service gives it.
    private const string Page = $$"""
        {
          "value": [{
            "id": "{{Id}}", "name": "a", "kind": "OpenAI", "location": "eastus",
            "sku": { "name": "S0" }, "tags": { "env": "prod" }, "systemData": { "createdBy": "b" },
            "identity": { "type": "SystemAssigned", "userAssignedIdentities": { "/x": {} } },
            "properties": {
              "deletionDate": "2026-01-01T00:00:00Z", "scheduledPurgeDate": "2026-01-03T00:00:00Z",
              "provisioningState": "Succeeded", "customSubDomainName": "a", "endpoint": "https://a/",
              "encryption": { "keyVaultProperties": { "keyVaultUri": "https://v/" } },
              "userOwnedStorage": [{ "resourceId": "/s" }], "networkAcls": { "virtualNetworkRules": [{ "id": "/n" }] },
              "internalId": "7", "dateCreated": "2025-01-01T00:00:00Z"
            }
          }],
          "nextLink": null
        }
        """;

    // Stands for half a surrogate, which the library doesn't write.
    private const string Half = "\"half\"";

    private static readonly string[] Values =
    [
        "null", "7", "1e999", "true", "\"\"", "\"2026-13-32\"", Half, "[]", "[7,null]", "{}", "{\"name\":{}}",
        "[[[]]]", "{\"type\":\"x\",\"userAssignedIdentities\":7}",
    ];

    private static readonly ArmAddresses Addresses = new(new Uri("https://management.azure.com/"), "2025-06-01");

    [Property]
    public bool What_is_no_id_is_refused_and_nothing_else_is_thrown(string? text) =>
        IsRefusedOr(() => AccountReference.Parse(text ?? ""), _ => false);

    [Property]
    public bool A_name_is_refused_or_stays_one_segment_of_the_address(string? name, string? group, string? location) =>
        IsRefusedOr(
            () => AccountReference.Create(Subscription, group ?? "", location ?? "", name ?? ""),
            account => IsOneSegmentEach(account));

    [Property]
    public bool What_the_service_names_is_refused_or_stays_one_segment_of_the_address(
        NonNull<string> name, NonNull<string> group, NonNull<string> location) =>
        IsRefusedOr(
            () => AccountReference.OfService(Subscription, group.Get, location.Get, name.Get),
            account => IsOneSegmentEach(account));

    [Property]
    public bool A_well_formed_reference_comes_back_from_its_id(PositiveInt name, PositiveInt group, bool isUpper)
    {
        string text = $"a.{name.Get:x}_-{name.Get}";
        AccountReference account = AccountReference.Create(
            Subscription, $"rg-{group.Get}.x_y", "West US 2", isUpper ? text.ToUpperInvariant() : text);

        AccountReference live = AccountReference.Parse($"{AccountId.Live(account)}");
        AccountReference deleted = AccountReference.Parse($"{AccountId.Deleted(account)}");

        return live.Name == account.Name && live.ResourceGroupName == account.ResourceGroupName
            && deleted.Name == account.Name && deleted.ResourceGroupName == account.ResourceGroupName
            && deleted.Location == account.Location;
    }

    [Property]
    public bool A_region_that_is_normalized_stays_as_it_is(NonNull<string> region) =>
        Region.Normalize(Region.Normalize(region.Get)) == Region.Normalize(region.Get);

    [Property]
    public bool The_next_page_is_an_address_or_an_error(string? nextLink)
    {
        using JsonDocument json = JsonDocument.Parse(JsonSerializer.Serialize(nextLink));
        return IsRefusedOr(
            () => Addresses.NextPage(json.RootElement),
            next => string.IsNullOrEmpty(nextLink) == next is null);
    }

    [Property]
    public bool Nothing_but_the_host_and_those_under_it_is_trusted(NonNull<string> before, NonNull<string> after)
    {
        string text = $"https://{before.Get}management.azure.com{after.Get}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address)) return true;
        bool isTrusted = new TrustedHostPolicy(new Uri("https://management.azure.com/"))
            .IsTrusted(address);
        return !isTrusted
            || (address is { Scheme: "https", Port: 443, UserInfo: "" }
                && $".{address.IdnHost}".EndsWith(".management.azure.com", StringComparison.OrdinalIgnoreCase));
    }

    [Property]
    public bool Whatever_a_tag_says_is_read(Dictionary<string, string> tags)
    {
        var sane = tags.Where(tag => tag is { Key: not null, Value: not null } && IsText(tag.Key + tag.Value))
            .DistinctBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).ToDictionary();

        byte[] page = JsonSerializer.SerializeToUtf8Bytes(
            new { value = new[] { new { skipped = tags.Keys, id = Id, tags = sane } } });

        IReadOnlyDictionary<string, string> read = Assert.Single(ReadPage(page)).Tags;

        return read.Count == sane.Count && sane.All(tag => read[tag.Key] == tag.Value);
    }

    [Property]
    public bool A_page_with_a_broken_byte_is_read_or_refused_and_nothing_else_is_thrown(byte[] broken, PositiveInt at)
    {
        byte[] page = Encoding.UTF8.GetBytes(Page);
        broken.AsSpan(0, Math.Min(broken.Length, 3)).CopyTo(page.AsSpan(at.Get % (page.Length - 3)));
        return IsRefusedOr(() => ReadPage(page), accounts => accounts.All(account => account.Name.Length > 0));
    }

    [Property]
    public bool A_value_of_whatever_type_hides_no_account_unless_it_is_the_id(PositiveInt field, PositiveInt value)
    {
        JsonNode page = JsonNode.Parse(Page)!;
        JsonObject account = page["value"]![0]!.AsObject();
        JsonObject properties = account["properties"]!.AsObject();
        KeyValuePair<string, JsonNode?>[] fields = [.. account.Where(one => one.Key != "properties"), .. properties];
        string name = fields[field.Get % fields.Length].Key;
        (account.ContainsKey(name) ? account : properties)[name] = JsonNode.Parse(Values[value.Get % Values.Length]);

        try
        {
            return ReadPage(Encoding.UTF8.GetBytes(
                page.ToJsonString().Replace(Half, "\"\\ud800\""))) is [{ Name: "a" }];
        }
        catch (RecoveryException)
        {
            return name == "id";
        }
    }

    /// <summary>The address has as many segments as the id of an account, and no more of a query.</summary>
    private static bool IsOneSegmentEach(AccountReference account)
    {
        Uri live = Addresses.LiveAccount(account);
        Uri deleted = Addresses.DeletedAccount(account);
        return live.Segments.Length == 9 && deleted.Segments.Length == 11
            && Uri.UnescapeDataString(live.Segments[^1]) == account.Name
            && Uri.UnescapeDataString(deleted.Segments[^1]) == account.Name
            && live.Query == "?api-version=2025-06-01" && live.Fragment == ""
            && live.Host == "management.azure.com";
    }

    private static List<DeletedCognitiveAccount> ReadPage(byte[] page)
    {
        try
        {
            ListPage<AccountJson>? read = JsonSerializer.Deserialize(page, AccountJsonContext.Default.Page);
            return [.. (read?.Value ?? []).Select(AccountReader.ReadDeleted)];
        }
        catch (JsonException e)
        {
            throw ServiceErrors.InvalidResponse("it isn't JSON", e);
        }
    }

    private static bool IsText(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static bool IsRefusedOr<T>(Func<T> make, Func<T, bool> holds)
    {
        try
        {
            return holds(make());
        }
        catch (RecoveryException)
        {
            return true;
        }
    }
}
