using System.Text.RegularExpressions;

namespace CogRecover.Sandbox.Arm.State;

/// <summary>What one role grants.</summary>
/// <param name="Actions">The actions, with wildcards: <c>*</c>, <c>Microsoft.CognitiveServices/*/read</c>.</param>
/// <param name="NotActions">What it leaves out of them; null: nothing.</param>
public sealed record ArmPermission(IReadOnlyList<string> Actions, IReadOnlyList<string>? NotActions = null)
{
    /// <summary>Everything: what an owner has.</summary>
    public static readonly ArmPermission All = new(["*"]);

    /// <summary>Whether this role grants the action. Case never counts. What one role leaves out another can grant.
    /// </summary>
    public bool Allows(string action) =>
        Actions.Any(pattern => Matches(pattern, action))
        && NotActions?.Any(pattern => Matches(pattern, action)) is not true;

    private static bool Matches(string pattern, string action) => Regex.IsMatch(
        action,
        $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
