using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CogRecover.Sandbox.Arm;

/// <summary>Reads what a simulator starts with from a file of resources as ARM writes them.</summary>
internal sealed partial class SeedFile
{
    private readonly ArmState state;
    private readonly string path;

    private SeedFile(ArmState state, string path)
    {
        this.state = state;
        this.path = path;
    }

    /// <exception cref="InvalidDataException">The file isn't there, isn't JSON, or isn't of this shape.</exception>
    public static void AddTo(ArmState state, string path) => new SeedFile(state, path).Read();

    private void Read()
    {
        JsonObject root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw Bad("an object is expected");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Bad(e.Message, e);
        }

        foreach (var (place, entry) in Entries(root, "resourceGroups")) Guard(place, () => AddGroup(entry));
        foreach (var (place, entry) in Entries(root, "accounts")) Guard(place, () => AddAccount(entry));
        foreach (var (place, entry) in Entries(root, "deletedAccounts")) Guard(place, () => AddDeletedAccount(entry));
    }

    private IEnumerable<(string Place, JsonObject Entry)> Entries(JsonObject root, string name)
    {
        if (root[name] is not { } list) yield break;
        if (list is not JsonArray array) throw Bad($"'{name}' isn't an array");
        for (var i = 0; i < array.Count; i++)
            yield return ($"{name}[{i}]", array[i] as JsonObject ?? throw Bad($"{name}[{i}] isn't an object"));
    }

    private void Guard(string place, Action add)
    {
        try
        {
            add();
        }
        catch (Exception e) when (e is ArmException or FormatException or InvalidOperationException)
        {
            throw Bad($"{place}: {e.Message}", e);
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
            entry.Object("sku")?.Text("name") ?? "S0", account => Configure(account, entry), Subscription(id));
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
            entry.Object("sku")?.Text("name") ?? "S0", account => Configure(account, entry), subscription,
            deletionDate is null ? null : DateTimeOffset.Parse(deletionDate, CultureInfo.InvariantCulture));
        if (isGone) state.RemoveResourceGroup(group, subscription);
    }

    private static void Configure(Account account, JsonObject entry)
    {
        account.CustomSubDomainName = entry.Object("properties")?.Text("customSubDomainName");
        account.Tags = entry.Object("tags")?.ToDictionary(tag => tag.Key, tag => tag.Value?.GetValue<string>() ?? "");
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

    private InvalidDataException Bad(string reason, Exception? cause = null) =>
        new($"The seed file '{path}' can't be used: {reason}", cause);

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
