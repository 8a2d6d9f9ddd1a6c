namespace CogRecover.Listing;

/// <summary>Finds what a user may have meant by a value that nothing has.</summary>
internal static class Suggestion
{
    /// <summary>The value that contains what was given or is contained in it, or is one or two letters off; null if
    /// there is none.</summary>
    public static string? For(string given, IEnumerable<string> values) => values
        .Select(value => (Value: value, Contains: IsIn(given, value) || IsIn(value, given),
            Edits: EditDistance.Of(given, value)))
        .Where(one => given.Length > 2 && (one.Contains || one.Edits <= (given.Length < 6 ? 1 : 2)))
        .OrderBy(one => one.Edits > 2).ThenByDescending(one => one.Contains).ThenBy(one => one.Edits)
        .FirstOrDefault().Value;

    private static bool IsIn(string part, string whole) =>
        part.Length > 2 && whole.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
