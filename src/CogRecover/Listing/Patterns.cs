namespace CogRecover.Listing;

/// <summary>The wildcard patterns of one parameter, and which of those without wildcards were found. Thread-safe.
/// </summary>
/// <exception cref="WildcardPatternException">A pattern is malformed.</exception>
internal sealed class Patterns
{
    private readonly WildcardPattern[] patterns;

    // The patterns without wildcards, and whether an account with that value has matched; null if there was none.
    private readonly ConcurrentDictionary<string, bool?> literals = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="texts">The patterns; none lets every value through.</param>
    public Patterns(string[] texts)
    {
        patterns = [.. texts.Select(text =>
            WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))];

        // A pattern is parsed when it is first used.
        Array.ForEach(patterns, pattern => pattern.IsMatch(""));
        foreach (string text in texts.Where(text => !WildcardPattern.ContainsWildcardCharacters(text)))
            literals.TryAdd(text, null);
    }

    /// <summary>The patterns without wildcards that no account has matched, and whether one has that value.</summary>
    public IEnumerable<(string Literal, bool IsSeen)> Unmatched =>
        literals.Where(literal => literal.Value != true).Select(literal => (literal.Key, literal.Value is not null));

    /// <summary>Whether a value matches. A missing one counts as empty.</summary>
    public bool Match(string? value) =>
        patterns.Length == 0 || Array.Exists(patterns, pattern => pattern.IsMatch(value ?? ""));

    /// <summary>Notes that an account has a value.</summary>
    /// <param name="isMatch">Whether the account matches in all.</param>
    public void Note(string? value, bool isMatch)
    {
        if (value is not null && literals.ContainsKey(value))
            literals.AddOrUpdate(value, isMatch, (_, hasMatched) => hasMatched == true || isMatch);
    }
}
