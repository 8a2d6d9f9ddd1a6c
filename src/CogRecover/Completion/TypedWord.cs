namespace CogRecover.Completion;

/// <summary>The beginning of a value, quoted or not, where Tab is pressed.</summary>
internal sealed class TypedWord
{
    // A value with one of these needs quotes.
    private static readonly char[] Special = [.. " \t'\"`$&|;,(){}<>@#"];

    private readonly string quote;
    private readonly WildcardPattern pattern;

    /// <param name="word">The word as it is typed. It may have wildcards.</param>
    /// <param name="isRegion">True if it may be the display name of a region.</param>
    public TypedWord(string? word, bool isRegion)
    {
        quote = word is ['\'' or '"', ..] ? word.Substring(0, 1) : "";
        Value = (word ?? "").Trim('\'', '"');
        pattern = WildcardPattern.Get(
            (isRegion ? Region.Normalize(Value) : Value) + "*",
            WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
    }

    /// <summary>What is typed, without quotes.</summary>
    public string Value { get; }

    public bool Matches(string value) => value.Length > 0 && pattern.IsMatch(value);

    /// <summary>Offers a value, in the quotes of the word or in those that the value needs.</summary>
    /// <param name="label">What a menu shows; null for the value.</param>
    public CompletionResult Complete(string value, string tip, string? label = null)
    {
        string text = quote == "\"" && value.IndexOfAny(['"', '`', '$']) < 0 ? $"\"{value}\""
            : quote.Length > 0 || value.IndexOfAny(Special) >= 0
                ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'"
                : value;
        return new CompletionResult(text, label ?? value, CompletionResultType.ParameterValue, tip);
    }
}
