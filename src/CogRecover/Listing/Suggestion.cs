namespace CogRecover.Listing;

/// <summary>Finds what a user may have meant by a value that nothing has. A pattern that matches nothing tonight is no
/// mistake.</summary>
internal static class Suggestion
{
    /// <summary>The value that is one or two letters off; null if there is none. <c>rg-1</c> isn't <c>rg-2</c>
    /// misspelled.</summary>
    public static string? Near(string given, IEnumerable<string> values) => IsPattern(given)
        ? null
        : values.Where(value => !SimilarAccounts.IsOfSameSeries(given, value))
            .Select(value => (Value: value, Edits: EditDistance.Of(given, value)))
            .Where(one => one.Edits <= (given.Length < 6 ? 1 : 2))
            .OrderBy(one => one.Edits)
            .FirstOrDefault().Value;

    /// <summary>Such a value, or else one that contains what was given, or is contained in it.</summary>
    public static string? For(string given, IReadOnlyCollection<string> values) => IsPattern(given)
        ? null
        : Near(given, values) ?? values.FirstOrDefault(value => IsIn(given, value) || IsIn(value, given));

    private static bool IsPattern(string given) => WildcardPattern.ContainsWildcardCharacters(given);

    private static bool IsIn(string part, string whole) =>
        part.Length > 2 && whole.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
