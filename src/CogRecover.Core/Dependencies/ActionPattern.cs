namespace CogRecover.Core.Dependencies;

/// <summary>The actions of Azure roles, in which <c>*</c> stands for any text, slashes included.</summary>
internal static class ActionPattern
{
    public static bool IsMatch(string pattern, string action) => Regex.IsMatch(
        action, "^" + Regex.Escape(pattern).Replace(@"\*", ".*") + @"\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
