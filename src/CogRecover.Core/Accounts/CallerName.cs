namespace CogRecover.Core.Accounts;

/// <summary>Names who created or deleted something. Users have a name there; of an application Azure Resource Manager
/// tells an id, and of a managed identity mostly its resource id.</summary>
internal static class CallerName
{
    /// <summary>A user's name, <c>managed identity NAME (ID)</c>, <c>managed identity ID</c> or <c>application ID</c>;
    /// null if nobody is named.</summary>
    /// <param name="caller">A user's name, or the id of an application or a managed identity.</param>
    /// <param name="isManagedIdentity">Whether it is a managed identity.</param>
    /// <param name="identityId">The resource id of the managed identity, or of what has it; null if it isn't known.
    /// </param>
    public static string? Of(string? caller, bool isManagedIdentity = false, string? identityId = null)
    {
        if (string.IsNullOrWhiteSpace(caller)) return null;
        if (identityId?.Split('/').Last() is { Length: > 0 } name) return $"managed identity {name} ({caller})";
        return !Guid.TryParse(caller, out _) ? caller
            : isManagedIdentity ? $"managed identity {caller}" : $"application {caller}";
    }

    /// <summary>What a pattern for somebody may match: the whole text, and each part, such as the id alone.</summary>
    public static IEnumerable<string> Parts(string name) => name.Split(' ', '(', ')').Prepend(name);
}
