namespace CogRecover.Input;

/// <summary>
/// Names as they come from files: the blanks around them go, and blank lines are none. Line breaks stay: they are no
/// part of any name, and are refused.
/// </summary>
internal static class GivenNames
{
    private static readonly char[] Blanks = [' ', '\t', '\u00a0'];

    /// <summary>A name without the blanks around it; null if that leaves nothing.</summary>
    public static string? Trim(string? name) => name?.Trim(Blanks) is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>The first name that isn't blank; null if there is none.</summary>
    public static string? First(string[]? names) => Trim(names).FirstOrDefault();

    /// <summary>The names that aren't blank.</summary>
    public static string[] Trim(string[]? names) => [.. (names ?? []).Select(Trim).OfType<string>()];
}
