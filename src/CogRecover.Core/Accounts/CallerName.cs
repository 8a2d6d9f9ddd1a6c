namespace CogRecover.Core.Accounts;

/// <summary>Names who created or deleted something. Users have a name there; of an application Azure Resource Manager
/// tells an id, and of a managed identity mostly its resource id.</summary>
internal static class CallerName
{
    private const string Application = "application";
    private const string ManagedIdentity = "managed identity";

    private static readonly Regex Named = new(
        $@"^({Application}|{ManagedIdentity}) ((?<name>.+) \((?<id>[^()]+)\)|(?<id>.+))\z",
        RegexOptions.ExplicitCapture);

    /// <summary>A user's name, <c>managed identity NAME (ID)</c>, <c>managed identity ID</c> or <c>application ID</c>;
    /// null if nobody is named.</summary>
    /// <param name="caller">A user's name, or the id of an application or a managed identity.</param>
    /// <param name="isManagedIdentity">Whether it is a managed identity.</param>
    /// <param name="identityId">The resource id of the managed identity, or of what has it; null if it isn't known.
    /// </param>
    public static string? Of(string? caller, bool isManagedIdentity = false, string? identityId = null)
    {
        if (string.IsNullOrWhiteSpace(caller)) return null;
        if (identityId?.Split('/').Last() is { Length: > 0 } name) return $"{ManagedIdentity} {name} ({caller})";
        return !Guid.TryParse(caller, out _) ? caller
            : isManagedIdentity ? $"{ManagedIdentity} {caller}" : $"{Application} {caller}";
    }

    /// <summary>What somebody can be called by: the name of a user or a managed identity, or an id.</summary>
    /// <param name="name">What <see cref="Of"/> returned.</param>
    public static IEnumerable<string> Parts(string name) => Named.Match(name) is { Success: true } match
        ? new[] { match.Groups["name"].Value, match.Groups["id"].Value }.Where(part => part.Length > 0)
        : [name];
}
