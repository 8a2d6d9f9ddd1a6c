namespace CogRecover.Listing;

/// <summary>Matches the tags of accounts. An account needs one of what is given: a name, <c>name=value</c>, or all tags
/// of a hashtable.</summary>
/// <param name="given">Texts and hashtables, with wildcards. A value of a hashtable may be a list, one of which is
/// enough, or null for any.</param>
/// <param name="parameter">Where they were given.</param>
/// <exception cref="WildcardPatternException">A pattern is malformed.</exception>
/// <exception cref="RecoveryException">What is given is no tag (<see cref="RecoveryErrorId.InvalidTag"/>).</exception>
internal sealed class TagPatterns(object[] given, string parameter)
{
    private readonly (WildcardPattern Name, Patterns Value)[][] alternatives =
        [.. given.Select(one => (one is PSObject wrapped ? wrapped.BaseObject : one) switch
        {
            IDictionary all => all.Cast<DictionaryEntry>().Select(tag => Read($"{tag.Key}", tag.Value, parameter))
                .ToArray(),
            var text => [Read($"{text}".Split(['='], 2), parameter)],
        })];

    public bool Match(IReadOnlyDictionary<string, string> tags) => Array.Exists(alternatives, all =>
        all.Length > 0 && Array.TrueForAll(all, one =>
            tags.Any(tag => one.Name.IsMatch(tag.Key) && one.Value.Match(tag.Value))));

    private static (WildcardPattern, Patterns) Read(string[] parts, string parameter) =>
        Read(parts[0], parts.ElementAtOrDefault(1), parameter);

    private static (WildcardPattern, Patterns) Read(string name, object? value, string parameter)
    {
        if (name.Trim().Length == 0) throw InputErrors.InvalidTag(parameter, "");
        return (Patterns.Parse(name.Trim()),
            new(value is null ? [] : [.. LanguagePrimitives.ConvertTo<string[]>(value).Select(text => text.Trim())]));
    }
}
