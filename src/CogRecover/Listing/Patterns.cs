namespace CogRecover.Listing;

/// <summary>The wildcard patterns of one parameter, and which of those without wildcards were found. Thread-safe.
/// </summary>
/// <exception cref="WildcardPatternException">A pattern is malformed.</exception>
internal sealed class Patterns
{
    private readonly (string Text, WildcardPattern Value)[] patterns;

    // The patterns without wildcards, and whether an account with that value has matched; null if there was none.
    private readonly ConcurrentDictionary<string, bool?> literals = new(StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, bool> seen = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="texts">The patterns; none lets every value through.</param>
    public Patterns(string[] texts)
    {
        patterns = [.. texts.Select(text => (text, Parse(text)))];
        foreach (string text in texts.Where(text => !WildcardPattern.ContainsWildcardCharacters(text)))
            literals.TryAdd(text, null);
    }

    /// <summary>A pattern that doesn't heed case.</summary>
    /// <exception cref="WildcardPatternException">It is malformed.</exception>
    public static WildcardPattern Parse(string text)
    {
        var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

        // It is parsed when it is first used.
        pattern.IsMatch("");
        return pattern;
    }

    /// <summary>The patterns without wildcards that no account has matched, and whether one has that value.</summary>
    public IEnumerable<(string Literal, bool IsSeen)> Unmatched =>
        literals.Where(literal => literal.Value != true).Select(literal => (literal.Key, literal.Value is not null));

    /// <summary>The patterns that no account's value matches, whatever else is asked for, and the values that the
    /// accounts have.</summary>
    public (IEnumerable<string> Texts, IReadOnlyCollection<string> Seen) Unseen => (
        patterns.Where(pattern => !seen.Keys.Any(pattern.Value.IsMatch)).Select(pattern => pattern.Text),
        [.. seen.Keys]);

    /// <summary>Whether a value matches. A missing one counts as empty.</summary>
    public bool Match(string? value) =>
        patterns.Length == 0 || Array.Exists(patterns, pattern => pattern.Value.IsMatch(value ?? ""));

    /// <summary>Notes that an account has a value.</summary>
    /// <param name="isMatch">Whether the account matches in all.</param>
    public void Note(string? value, bool isMatch)
    {
        if (value is null || patterns.Length == 0) return;
        seen.TryAdd(value, true);
        if (literals.ContainsKey(value))
            literals.AddOrUpdate(value, isMatch, (_, hasMatched) => hasMatched == true || isMatch);
    }
}
