using System.Net;

namespace CogRecover.Core.Errors;

/// <summary>The words of a response that isn't JSON: those of a gateway, or of a proxy in Azure's place.</summary>
internal static class PageText
{
    private const int Longest = 200;

    // What a page says stands near its beginning.
    private const int MostRead = 8 * 1024;

    // What isn't closed goes to the end, as in a browser: looking for an end at each beginning would take long.
    private static readonly Regex Markup = new(
        @"<!--.*?(-->|\z)|<(script|style)\b.*?(</\2\s*>|\z)|<[^<>]*>",
        RegexOptions.IgnoreCase | RegexOptions.Singleline);

    private static readonly Regex TextType = new("^text/|json|xml", RegexOptions.IgnoreCase);

    private static readonly Regex Spaces = new(@"[\s\p{C}]+");

    /// <summary>The beginning of the text, without markup; empty if there is none.</summary>
    public static string Of(Response? response)
    {
        if (response?.ContentStream is null || !TextType.IsMatch(response.Headers.ContentType ?? "text/")) return "";
        string page = response.Content.ToString();
        if (page.Length > MostRead) page = page.Substring(0, MostRead);
        string text = Spaces.Replace(WebUtility.HtmlDecode(Markup.Replace(page, " ")), " ").Trim();
        return text.Length <= Longest ? text : text.Substring(0, Longest) + "…";
    }
}
