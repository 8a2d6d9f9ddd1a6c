namespace CogRecover.Listing;

/// <summary>Matches the soft-deleted accounts that a user wants to see. Thread-safe.</summary>
/// <param name="kind">Kinds of account, with wildcards; null for all.</param>
/// <param name="expiringWithin">How soon the service purges the accounts; null for any time.</param>
/// <exception cref="WildcardPatternException">A pattern is malformed.</exception>
internal sealed class DeletedAccountFilter(
    AccountPatterns patterns, string[]? kind = null, TimeSpan? expiringWithin = null)
{
    private readonly WildcardPattern[] names = Parse(patterns.Names);
    private readonly WildcardPattern[] groups = Parse(patterns.Groups);
    private readonly WildcardPattern[] locations = Parse(patterns.Locations.Select(Region.Normalize));
    private readonly WildcardPattern[] kinds = Parse(kind ?? []);

    // The names seen so far, and whether an account of that name has matched.
    private readonly ConcurrentDictionary<string, bool> seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names without wildcards that no account has matched so far, and whether an account has that name.
    /// </summary>
    public IEnumerable<(string Name, bool IsSeen)> Unmatched => patterns.Names
        .Where(name => !WildcardPattern.ContainsWildcardCharacters(name)
            && !(seen.TryGetValue(name, out bool hasMatched) && hasMatched))
        .Select(name => (name, seen.ContainsKey(name)));

    public bool Matches(DeletedCognitiveAccount account)
    {
        if (!IsMatch(names, account.Name)) return false;
        bool isMatch = IsMatch(groups, account.ResourceGroupName)
            && IsMatch(kinds, account.Kind)
            && IsMatch(locations, account.Location)
            && (expiringWithin is null || account.TimeRemaining <= expiringWithin)
            && patterns.Deletion?.Is(account.DeletionDate) != false;
        seen.AddOrUpdate(account.Name, isMatch, (_, hasMatched) => hasMatched || isMatch);
        return isMatch;
    }

    private static WildcardPattern[] Parse(IEnumerable<string> texts)
    {
        WildcardPattern[] patterns = [.. texts.Select(text =>
            WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))];

        // A pattern is parsed when it is first used.
        Array.ForEach(patterns, pattern => pattern.IsMatch(""));
        return patterns;
    }

    private static bool IsMatch(WildcardPattern[] any, string? text) =>
        any.Length == 0 || Array.Exists(any, pattern => pattern.IsMatch(text ?? ""));
}
