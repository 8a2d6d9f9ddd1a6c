namespace CogRecover.Core.Errors;

/// <summary>What an error of Azure Resource Manager names in its message: actions, scopes, policies, locks, other
/// tenants. The wordings are those of public threads; what one doesn't have is null.</summary>
internal sealed class ArmWords(string said, JsonElement error)
{
    // What Azure names stands near the beginning. A longer text would take the patterns too long.
    private const int Longest = 4096;

    private const string Guid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    // Each group is a word. A deny assignment's name may have quotes in it.
    private static readonly Regex[] Patterns =
    [
        new(@"does not have (authorization|permission) to perform action(\(s\))? '(?<action>[\w./*, -]+)' "
            + @"(over scope|on the linked scope\(s\)) '(?<scope>[^']+)"),
        new("[Ss]ubscription '(?<subscription>" + Guid + ")'"),
        new("with object id '(?<objectId>" + Guid + ")'"),
        new("deny assignment with name '(?<denyName>.+?)' and Id '(?<denyId>[^']*)'"),
        new("deny assignment with Id '(?<denyId>[^']*)'"),
        new("wrong issuer '[^']*?(?<wrong>" + Guid + @")[^']*'.*?must match[^']*'([^']*?(?!\k<wrong>)(?<tenant>" + Guid
            + "))"),
        new("not authorized to access linked subscription '(?<linkedSubscription>" + Guid + ")'"),
        new(@"scope\(s\) are locked: '(?<lock>[^',]+)"),
        new(@"scope\(s\) are locked: (?<locks>.*?)\. Please"),
        new("subdomain name '(?<subDomain>[^']+)'"),
        new(@"(namespace|type) '(?<provider>[A-Za-z]+(\.[A-Za-z]+)+)"),
        new(@"API.version '(?<usedVersion>[^']+)'", RegexOptions.IgnoreCase),
        new(@"supported (?<supported>(api-)?versions are '[^']+)"),
    ];

    // Built-in roles that have a provider's actions
    // (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles).
    private static readonly (string Actions, string Role)[] Roles =
    [
        ("Microsoft.CognitiveServices/", "Cognitive Services Contributor"),
        ("Microsoft.KeyVault/", "Key Vault Contributor"),
        ("Microsoft.Storage/", "Storage Account Contributor"),
        ("Microsoft.Network/", "Network Contributor"),
        ("Microsoft.ManagedIdentity/", "Managed Identity Operator"),
        ("Microsoft.Resources/subscriptions/resourceGroups/", "Contributor"),
    ];

    private static readonly Regex Version = new(@"\d{4}-\d{2}-\d{2}(-[a-z]+)?");
    private static readonly Regex TagField = new(
        @"^tags(\['(?<tag>[^']+)'\]|\[(?<tag>[^\]'()]+)\]|\.(?<tag>[^.'()[\]]+))\z", RegexOptions.IgnoreCase);

    // A role counts for all that is below its scope. What is to be created isn't there to have one.
    private static readonly Regex RoleScope = new(
        "^(?<scope>/subscriptions/[^/,]+(/resourceGroups/[^/,]+(?=/))?)(/[^,]*)?$", RegexOptions.IgnoreCase);

    private readonly Lazy<Dictionary<string, string>> named = new(() => Read(
        said.Length <= Longest ? said : said.Substring(0, Longest)));

    private readonly JsonElement[] violations =
        [.. error.Child("additionalInfo").Elements().Select(info => info.Child("info"))];

    /// <summary>The policies that forbid the request, by name.</summary>
    public IEnumerable<string> Policies => violations.Select(violation =>
            violation.Said("policyAssignmentDisplayName") ?? violation.Said("policyAssignmentName"))
        .OfType<string>().Distinct();

    /// <summary>The fields of the resource for which they do: <c>location</c>, <c>tags['env']</c>.</summary>
    public IEnumerable<string> Fields => violations
        .SelectMany(violation => violation.Child("evaluationDetails").Child("evaluatedExpressions").Elements())
        .Where(expression => expression.Text("expressionKind") == "Field")
        .Select(expression => expression.Said("path") ?? expression.Said("expression")).OfType<string>()
        .Where(path => path != "type").Distinct();

    private string[] SupportedVersions => [.. Version.Matches(InMessage("supported") ?? "").Cast<Match>()
        .Select(match => match.Value)];

    private bool SupportsUsedVersion =>
        SupportedVersions.Contains(InMessage("usedVersion"), StringComparer.OrdinalIgnoreCase);

    /// <summary>What the message names; null if it doesn't.</summary>
    public string? Find(string word) => word switch
    {
        "role" => Array.Find(Roles, role =>
            InMessage("action") is { } action && !action.Contains(',')
            && action.StartsWith(role.Actions, StringComparison.OrdinalIgnoreCase)).Role,
        "linkedScope" => InMessage("scope") is { } linked && !linked.Contains(',') ? linked : null,
        "roleScope" => InMessage("scope") is { } scope && RoleScope.Match(scope) is { Success: true } match
            ? match.Groups["scope"].Value
            : null,
        "policies" => Policies.ToArray() is { Length: > 0 } policies
            ? $"policy {string.Join(", ", policies.Select(policy => $"'{policy}'"))}"
            : "the policy that the message names",
        "policyAssignment" => violations.Select(violation => violation.Said("policyAssignmentId"))
            .FirstOrDefault(id => id is not null),
        "tags" => Fields.Select(path => TagField.Match(path)).ToArray() is { Length: > 0 } fields
            && Array.TrueForAll(fields, match => match.Success)
            ? $"@{{ {string.Join("; ", fields.Select(match => match.Groups["tag"].Value).Distinct()
                .Select(tag => $"'{NextCommand.Quote(tag)}' = '…'"))} }}"
            : null,
        "version" => OtherVersion(),
        "ofRegion" => SupportsUsedVersion ? "" : null,
        "givenVersion" => InMessage("usedVersion") is null or AccountId.DefaultApiVersion ? null : "",
        _ => InMessage(word),
    };

    private string? InMessage(string word) => named.Value.TryGetValue(word, out string? value) ? value : null;

    private static Dictionary<string, string> Read(string message)
    {
        Dictionary<string, string> words = [];
        foreach (Regex pattern in Patterns)
        {
            GroupCollection groups = pattern.Match(message).Groups;
            foreach (string word in pattern.GetGroupNames())
                if (groups[word].Length > 0 && !words.ContainsKey(word)) words[word] = groups[word].Value;
        }

        return words;
    }

    // The newest that the service says it supports: a stable one if there is any, and none that doesn't know deleted
    // accounts. None at all if it supports the one that was used: something else is wrong then, such as the region.
    private string? OtherVersion()
    {
        if (SupportsUsedVersion) return null;
        string[] versions = [.. SupportedVersions
            .Where(version => string.CompareOrdinal(version, AccountId.OldestApiVersion) >= 0)];
        return versions.Where(version => version.Length == 10).DefaultIfEmpty(versions.Max()).Max();
    }
}
