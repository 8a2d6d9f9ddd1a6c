using System.Collections.Concurrent;
using System.Management.Automation;
using CogRecover.Core.References;
using CogRecover.Input;

namespace CogRecover.Listing;

/// <summary>Which soft-deleted accounts a user wants to see. What isn't given lets everything through.</summary>
internal sealed class DeletedAccountFilter
{
    private const WildcardOptions IgnoreCase = WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant;

    private readonly ConcurrentDictionary<string, byte> namesSeen = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> namesMatched = new(StringComparer.OrdinalIgnoreCase);
    private readonly string[] exactNames;
    private readonly WildcardPattern[]? names;
    private readonly WildcardPattern[]? groups;
    private readonly WildcardPattern[]? kinds;
    private readonly WildcardPattern[]? locations;
    private readonly TimeSpan? expiringWithin;
    private readonly DeletionTime? deletion;

    /// <exception cref="WildcardPatternException">A pattern is malformed.</exception>
    public DeletedAccountFilter(
        string[]? names, string[]? groups, string[]? kinds, string[]? locations, TimeSpan? expiringWithin,
        DeletionTime? deletion = null)
    {
        exactNames = [.. (names ?? []).Where(name => !WildcardPattern.ContainsWildcardCharacters(name))];
        this.names = Patterns(names);
        this.groups = Patterns(groups);
        this.kinds = Patterns(kinds);
        this.locations = Patterns(locations?.Select(Region.Normalize));
        this.expiringWithin = expiringWithin;
        this.deletion = deletion;
    }

    /// <summary>
    /// The names given without wildcards that no account has matched so far, and whether one has that name all the
    /// same.
    /// </summary>
    public IEnumerable<(string Name, bool IsFilteredOut)> NamesNotSeen => exactNames
        .Where(name => !namesMatched.ContainsKey(name))
        .Select(name => (name, namesSeen.ContainsKey(name)));

    /// <summary>Tells whether an account is wanted. Safe to be called from several threads.</summary>
    public bool Matches(DeletedCognitiveAccount account)
    {
        if (!Any(names, account.Name)) return false;
        namesSeen[account.Name] = default;
        bool matches = Any(groups, account.ResourceGroupName)
            && Any(kinds, account.Kind)
            && Any(locations, account.Location)
            && (expiringWithin is null || account.TimeRemaining <= expiringWithin)
            && deletion?.Is(account.DeletionDate) != false;
        if (matches) namesMatched[account.Name] = default;
        return matches;
    }

    private static WildcardPattern[]? Patterns(IEnumerable<string>? patterns) =>
        patterns?.Select(Read).ToArray();

    private static WildcardPattern Read(string text)
    {
        WildcardPattern pattern = WildcardPattern.Get(text, IgnoreCase);

        // It is looked at only when it is used, which is too late to say so.
        pattern.IsMatch("");
        return pattern;
    }

    private static bool Any(WildcardPattern[]? patterns, string? text) =>
        patterns is null || patterns.Any(pattern => pattern.IsMatch(text ?? ""));
}
