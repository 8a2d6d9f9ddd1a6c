using System.Text.RegularExpressions;

namespace CogRecover;

/// <summary>The command line in a sentence that says what to do next.</summary>
internal static class CommandLine
{
    private const string Name = "[A-Z][A-Za-z]+-[A-Z]\\w+";
    private const string Quoted = "'(?:[^']|'')*'";

    // A parameter, and its value: quoted, a word, or what a command in parentheses gives.
    private const string Argument = $@" -\w+(?: (?:{Quoted}|""[^""$`]*""|[A-Z]\w*(?![\w-])|\({Name}"
        + $@"(?: -\w+(?: {Quoted})?)*\)))?";

    private const string Command = $"{Name}(?:{Argument})*";

    // It follows "run", "with", a colon or the end of a sentence; a command that is only mentioned doesn't.
    private static readonly Regex Pattern = new(
        $@"(?<=^|\n|\b[Rr]un |\bwith |[:.] )(?<line>(?>{Command}(?:; {Command})*|\({Command}\)\.\w+))");

    // What else may follow, such as <name> or a list, belongs to a command that has to be completed by hand.
    private static readonly Regex End = new(@"\G(?:\z|[.,:;\n]| [a-z]|(?<=['""]) [A-Z])");

    /// <summary>The first command line that a sentence tells to run; null if there is none, or it can't be run as it
    /// is.</summary>
    public static string? In(string? sentence) =>
        Pattern.Match(sentence ?? "") is { Success: true } match && End.IsMatch(sentence!, match.Index + match.Length)
            ? match.Value
            : null;

    /// <summary>Whether a part of a sentence has what would be taken for a command line.</summary>
    public static bool IsIn(string part) => Pattern.IsMatch($" {part}");
}
