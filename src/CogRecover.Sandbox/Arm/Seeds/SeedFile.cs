using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;
using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Seeds;

/// <summary>Reads what a simulator starts with from a file of resources as ARM writes them.</summary>
internal sealed partial class SeedFile(ArmState state, string path)
{
    /// <exception cref="InvalidDataException">The file isn't there, isn't JSON, or isn't of this shape.</exception>
    public void Read()
    {
        try
        {
            var root = JsonNode.Parse(File.ReadAllText(path)) as JsonObject
                ?? throw new FormatException("an object is expected");
            ForEach(root, "resourceGroups", AddGroup);
            ForEach(root, "accounts", AddAccount);
            ForEach(root, "deletedAccounts", AddDeletedAccount);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw new InvalidDataException($"The seed file '{path}' can't be used: {e.Message}", e);
        }
    }

    private static void ForEach(JsonObject root, string name, Action<JsonObject> add)
    {
        if (root[name] is not { } list) return;
        foreach (var entry in list as JsonArray ?? throw new FormatException($"'{name}' isn't an array"))
        {
            try
            {
                add(entry as JsonObject ?? throw new FormatException("it isn't an object"));
            }
            catch (Exception e) when (e is ArmException or FormatException or InvalidOperationException)
            {
                throw new FormatException($"{name}[{list.AsArray().IndexOf(entry)}]: {e.Message}", e);
            }
        }
    }

    private void AddGroup(JsonObject entry)
    {
        var id = entry.Text("id") is { } text ? GroupId().Match(text) : Match.Empty;
        var name = id.Success ? id.Groups["group"].Value : Required(entry, "name");
        state.AddResourceGroup(name, entry.Text("location") ?? "eastus", id.Success ? Subscription(id) : null);
    }

    private void AddAccount(JsonObject entry)
    {
        var id = Id(entry, AccountId());
        state.AddAccount(
            id.Groups["name"].Value, id.Groups["group"].Value, Required(entry, "location"), Required(entry, "kind"),
            new AccountRequest(entry).Sku ?? "S0", account => Configure(account, entry), Subscription(id));
    }

    private void AddDeletedAccount(JsonObject entry)
    {
        var id = Id(entry, DeletedAccountId());
        var group = id.Groups["group"].Value;
        var subscription = Subscription(id);
        var isGone = !state.HasResourceGroup(group, subscription);
        var deletionDate = entry.Object("properties")?.Text("deletionDate");
        state.AddDeletedAccount(
            id.Groups["name"].Value, group, Required(entry, "location"), Required(entry, "kind"),
            new AccountRequest(entry).Sku ?? "S0", account => Configure(account, entry), subscription,
            deletionDate is null ? null : DateTimeOffset.Parse(deletionDate, CultureInfo.InvariantCulture));
        if (isGone) state.RemoveResourceGroup(group, subscription);
    }

    private static void Configure(Account account, JsonObject entry)
    {
        var request = new AccountRequest(entry);
        account.CustomSubDomainName = request.CustomSubDomainName;
        account.Tags = request.Tags;
        account.Identity = entry.Object("identity")?.DeepClone().AsObject();
        account.CreatedBy = entry.Object("systemData")?.Text("createdBy") ?? account.CreatedBy;
        account.Properties = entry.Object("properties")?.DeepClone().AsObject();
        // Written by the service from what it knows; the rest of the properties, however large, stays as it is.
        foreach (var name in new[]
        {
            "endpoint", "internalId", "dateCreated", "isMigrated", "customSubDomainName", "endpoints", "deletionDate",
            "scheduledPurgeDate", "provisioningState", "restore",
        }) account.Properties?.Remove(name);
    }

    private string Subscription(Match id)
    {
        var subscription = id.Groups["subscription"].Value;
        using var _ = state.Enter();
        if (state.Subscription(subscription) is null) state.AddSubscription(subscription, subscription);
        return subscription;
    }

    private static Match Id(JsonObject entry, Regex pattern)
    {
        var id = pattern.Match(Required(entry, "id"));
        return id.Success ? id : throw new FormatException($"'{entry["id"]}' isn't an id of this type");
    }

    private static string Required(JsonObject entry, string name) =>
        entry.Text(name) ?? throw new FormatException($"it has no '{name}'");

    [GeneratedRegex(
        "^/subscriptions/(?<subscription>[0-9a-f-]{36})/resourceGroups/(?<group>[^/]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex GroupId();

    [GeneratedRegex("^/subscriptions/(?<subscription>[0-9a-f-]{36})/resourceGroups/(?<group>[^/]+)" +
        "/providers/Microsoft.CognitiveServices/accounts/(?<name>[^/]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex AccountId();

    [GeneratedRegex("^/subscriptions/(?<subscription>[0-9a-f-]{36})/providers/Microsoft.CognitiveServices" +
        "/locations/[^/]+/resourceGroups/(?<group>[^/]+)/deletedAccounts/(?<name>[^/]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex DeletedAccountId();
}
