namespace CogRecover.Sandbox.Arm.Json;

/// <summary>What the service adds to every account of a kind: most of what an account weighs on the wire. Rendered
/// once and shared by all accounts of the kind.</summary>
/// <param name="kind">Its name.</param>
/// <param name="rules">The limits; none: the kind shows none.</param>
/// <param name="capabilities">What it can do.</param>
/// <param name="endpoints">The APIs it answers.</param>
internal sealed class KindProfile(string kind, RateRule[] rules, Capability[] capabilities, string[] endpoints)
{
    private static readonly Dictionary<string, KindProfile> Known =
        KindProfiles.All.ToDictionary(profile => profile.Kind, StringComparer.OrdinalIgnoreCase);

    private static readonly KindProfile Plain = new("", [], [new("VirtualNetworks")], ["Container"]);

    private readonly Lazy<RawJson> callRateLimit = new(() => new(new { rules = rules.Select(Document) }));

    private readonly Lazy<RawJson> capabilityList = new(() => new(capabilities));

    public string Kind => kind;

    public RateRule[] Rules => rules;

    public Capability[] Capabilities => capabilities;

    public string[] Endpoints => endpoints;

    /// <summary>The JSON of <c>callRateLimit</c>; null: the kind has none.</summary>
    public RawJson? CallRateLimit => rules.Length == 0 ? null : callRateLimit.Value;

    /// <summary>The JSON of <c>capabilities</c>.</summary>
    public RawJson CapabilityList => capabilityList.Value;

    public static bool IsKnown(string? kind) => kind is not null && Known.ContainsKey(kind);

    public static KindProfile Of(string kind) => Known.GetValueOrDefault(kind, Plain);

    private static object Document(RateRule rule) => new
    {
        rule.Key,
        rule.RenewalPeriod,
        rule.Count,
        DynamicThrottlingEnabled = rule.Dynamic ? true : (bool?)null,
        MatchPatterns = rule.Paths.Select(path => new { path, rule.Method }),
    };
}
