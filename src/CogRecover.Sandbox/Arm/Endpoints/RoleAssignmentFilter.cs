using System.Text.RegularExpressions;
using CogRecover.Sandbox.Arm.Http;
using CogRecover.Sandbox.Arm.Resources;

namespace CogRecover.Sandbox.Arm.Endpoints;

/// <summary>The few forms of <c>$filter</c> that role assignments take: <c>atScope()</c>, <c>assignedTo('{id}')</c>,
/// <c>principalId eq '{id}'</c>, and the first with one of the others.</summary>
/// <param name="AtScope">Whether what stands below the scope is left out. Without it the specification has the
/// assignments at, above and below the scope.</param>
/// <param name="PrincipalId">Whose assignments; null: everybody's. Nobody is in a group here, so that
/// <c>assignedTo</c>, which finds those of one's groups too, means the same as <c>principalId</c>.</param>
internal sealed partial record RoleAssignmentFilter(bool AtScope, string? PrincipalId)
{
    /// <exception cref="ArmException">400: it isn't one of the forms.</exception>
    public static RoleAssignmentFilter Parse(string filter)
    {
        var atScope = false;
        string? principalId = null;
        foreach (var text in filter.Split(" and ", StringSplitOptions.TrimEntries).Where(text => text.Length > 0))
        {
            if (text.Is("atScope()")) atScope = true;
            else if (principalId is null && Principal().Match(text) is { Success: true } match)
                principalId = match.Groups["id"].Value;
            else throw ResourceErrors.InvalidFilter(filter);
        }

        return new(atScope, principalId);
    }

    public bool Matches(RoleAssignment one, string scope) =>
        (one.Covers(scope) || (!AtScope && one.IsBelow(scope)))
        && (PrincipalId is null || PrincipalId.Is(one.PrincipalId));

    [GeneratedRegex(
        @"^(?:assignedTo\('(?<id>[^']+)'\)|principalId\s+eq\s+'?(?<id>[^'\s]+)'?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Principal();
}
