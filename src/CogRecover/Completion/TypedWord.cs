using System.Management.Automation;
using System.Management.Automation.Language;
using CogRecover.Core.References;

namespace CogRecover.Completion;

/// <summary>What stands on the line where Tab was pressed: the beginning of a value, quoted or not.</summary>
internal sealed class TypedWord
{
    // What ends a word, or means something else in it.
    private static readonly char[] Special = [.. " \t'\"`$&|;,(){}<>@#"];

    private readonly string quote;
    private readonly WildcardPattern pattern;

    /// <param name="word">As it stands there.</param>
    /// <param name="isRegion">Whether it may be the display name of a region.</param>
    public TypedWord(string? word, bool isRegion)
    {
        word ??= "";
        quote = word is ['\'' or '"', ..] ? word.Substring(0, 1) : "";
        string value = word.Trim('\'', '"');
        pattern = WildcardPattern.Get(
            (isRegion ? Region.Normalize(value) : value) + "*",
            WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
    }

    /// <summary>Tells whether a value begins as the word does. The word may have wildcards.</summary>
    public bool Matches(string value) => value.Length > 0 && pattern.IsMatch(value);

    /// <summary>Offers a value, quoted as the word is, or as the value needs it.</summary>
    public CompletionResult Complete(string value, string tip)
    {
        string text = quote == "\"" && value.IndexOfAny(['"', '`', '$']) < 0 ? $"\"{value}\""
            : quote.Length > 0 || value.IndexOfAny(Special) >= 0
                ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'"
                : value;
        return new CompletionResult(text, value, CompletionResultType.ParameterValue, tip);
    }
}
