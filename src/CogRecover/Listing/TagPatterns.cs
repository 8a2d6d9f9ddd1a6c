namespace CogRecover.Listing;

/// <summary>Matches the tags of accounts. An account needs one of what is given: a name, <c>name=value</c>, or all tags
/// of a hashtable.</summary>
/// <param name="given">Texts and hashtables, with wildcards. A value of a hashtable may be a list, one of which is
/// enough.</param>
/// <param name="parameter">Where they were given.</param>
/// <exception cref="WildcardPatternException">A pattern is malformed.</exception>
/// <exception cref="RecoveryException">What is given is no tag (<see cref="RecoveryErrorId.InvalidTag"/>).</exception>
internal sealed class TagPatterns(object[] given, string parameter)
{
    private readonly Alternative[] alternatives = [.. given.Select(one => Alternative.Read(one, parameter))];

    /// <summary>What no account has matched so far.</summary>
    public IEnumerable<string> Unseen => alternatives.Where(one => !one.IsSeen).Select(one => one.Text);

    public bool Match(IReadOnlyDictionary<string, string> tags) => alternatives.Count(one => one.Match(tags)) > 0;

    /// <summary>Tags of which an account must have all.</summary>
    private sealed class Alternative(string text, (WildcardPattern Name, Patterns Value)[] all)
    {
        private volatile bool isSeen;

        public string Text => text;
        public bool IsSeen => isSeen;

        public static Alternative Read(object one, string parameter)
        {
            List<(WildcardPattern, Patterns)> all = [];
            switch (one is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : one)
            {
                case IDictionary table:
                    foreach (DictionaryEntry tag in table)
                        all.Add(Read($"{tag.Key}", LanguagePrimitives.ConvertTo<string[]>(tag.Value) ?? [], parameter));
                    return new(
                        string.Join("; ", table.Keys.Cast<object>().Select(key => $"{key}={table[key]}")),
                        all.Count > 0 ? [.. all] : throw InputErrors.InvalidTag(parameter, ""));
                case IConvertible:
                    string[] parts = $"{one}".Split(['='], 2);
                    return new($"{one}", [Read(parts[0], parts.Length == 1 ? ["*"] : [parts[1]], parameter)]);
                default:
                    throw InputErrors.InvalidTag(parameter, $"{one}");
            }
        }

        public bool Match(IReadOnlyDictionary<string, string> tags)
        {
            bool isMatch = Array.TrueForAll(all, one =>
                tags.Any(tag => one.Name.IsMatch(tag.Key) && one.Value.Match(tag.Value)));
            isSeen |= isMatch;
            return isMatch;
        }

        // Nothing for a value, such as a variable that isn't set, must not stand for every value.
        private static (WildcardPattern, Patterns) Read(string name, string[] values, string parameter)
        {
            if (name.Trim().Length == 0 || values.Length == 0) throw InputErrors.InvalidTag(parameter, name.Trim());
            return (Patterns.Parse(name.Trim()), new([.. values.Select(text => text.Trim())]));
        }
    }
}
