using System.Buffers;
using System.Text.Json;

namespace CogRecover.Sandbox.Arm;

/// <summary>What the service adds to every account of a kind: most of what an account weighs on the wire. Rendered
/// once and shared by all accounts of the kind.</summary>
internal sealed class KindProfile
{
    private KindProfile(IEnumerable<RateRule> rules, IEnumerable<Capability> capabilities, string[] endpoints)
    {
        RateRule[] all = [.. rules];
        CallRateLimit = all.Length == 0 ? [] : Render(json => WriteRules(json, all));
        Capabilities = Render(json => WriteCapabilities(json, capabilities));
        Endpoints = [.. endpoints.Select(endpoint => JsonEncodedText.Encode(endpoint))];
    }

    /// <summary>The JSON of <c>callRateLimit</c>; empty: the kind has none.</summary>
    public byte[] CallRateLimit { get; }

    /// <summary>The JSON of <c>capabilities</c>.</summary>
    public byte[] Capabilities { get; }

    /// <summary>The names under <c>endpoints</c>.</summary>
    public JsonEncodedText[] Endpoints { get; }

    private static readonly Dictionary<string, Lazy<KindProfile>> Known =
        KindProfiles.All.ToDictionary(
            kind => kind.Kind,
            kind => new Lazy<KindProfile>(() => new KindProfile(kind.Rules, kind.Capabilities, kind.Endpoints)),
            StringComparer.OrdinalIgnoreCase);

    private static readonly KindProfile Plain = new([], [new("VirtualNetworks")], ["Container"]);

    public static bool IsKnown(string? kind) => kind is not null && Known.ContainsKey(kind);

    public static KindProfile Of(string kind) => Known.TryGetValue(kind, out var profile) ? profile.Value : Plain;

    private static byte[] Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, ArmJson.WriterOptions);
        write(json);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRules(Utf8JsonWriter json, IEnumerable<RateRule> rules)
    {
        json.WriteStartObject();
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("key", rule.Key);
            json.WriteNumber("renewalPeriod", rule.RenewalPeriod);
            json.WriteNumber("count", rule.Count);
            if (rule.Dynamic) json.WriteBoolean("dynamicThrottlingEnabled", true);
            json.WriteStartArray("matchPatterns");
            foreach (var path in rule.Paths)
            {
                json.WriteStartObject();
                json.WriteString("path", path);
                json.WriteString("method", rule.Method);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCapabilities(Utf8JsonWriter json, IEnumerable<Capability> capabilities)
    {
        json.WriteStartArray();
        foreach (var (name, value) in capabilities)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            if (value is not null) json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>So many calls of these paths a period.</summary>
/// <param name="Key">Its name.</param>
/// <param name="RenewalPeriod">Seconds.</param>
/// <param name="Count">Calls a period.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Paths">The paths it counts.</param>
internal sealed record RateRule(string Key, int RenewalPeriod, int Count, string Method, params string[] Paths)
{
    /// <summary>Whether the service may lend more.</summary>
    public bool Dynamic { get; init; }
}

/// <summary>Something that accounts of a kind can do.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, if it has one.</param>
internal sealed record Capability(string Name, string? Value = null);

/// <summary>A kind of account.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Rules">The limits; none: the kind shows none.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="Endpoints">The APIs it answers.</param>
internal sealed record KindDescription(
    string Kind, RateRule[] Rules, Capability[] Capabilities, string[] Endpoints);
