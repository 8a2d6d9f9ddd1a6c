namespace CogRecover.Core.Errors;

/// <summary>Reads what a server says in JSON, in whatever case its names are, as text that a console can show.
/// </summary>
internal static class JsonText
{
    // Control characters, and those that turn the direction of the text.
    private static readonly Regex Unfit = new(@"[\p{Cc}\u202A-\u202E\u2066-\u2069]+");

    /// <summary>The member of that name, in any case; undefined if there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name) => element.Members()
        .FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The text of the member of that name, in any case, in one line; null if there is none, or it is blank.
    /// </summary>
    public static string? Said(this JsonElement element, string name) => Clean(element.Member(name).AsText());

    /// <summary>The text in one line; null if it is blank.</summary>
    public static string? Clean(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Unfit.Replace(text, " ").Trim();
}
