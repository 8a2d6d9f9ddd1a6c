namespace CogRecover.Listing;

/// <summary>Matches the soft-deleted accounts that a user wants to see. Thread-safe.</summary>
/// <param name="kind">Kinds of account, with wildcards; null for all.</param>
/// <param name="subDomain">Custom subdomains or the endpoints that begin with them, with wildcards; null for all
/// accounts, with or without one.</param>
/// <param name="expiringWithin">How soon the service purges the accounts; null for any time.</param>
/// <param name="tags">Their tags; null for any.</param>
/// <param name="after">When they were deleted at the earliest, in UTC; null for any time.</param>
/// <param name="before">When they were deleted at the latest, in UTC; null for any time.</param>
/// <exception cref="WildcardPatternException">A pattern is malformed.</exception>
internal sealed class DeletedAccountFilter(
    AccountPatterns patterns, string[]? kind = null, string[]? subDomain = null, TimeSpan? expiringWithin = null,
    TagPatterns? tags = null, DateTime? after = null, DateTime? before = null)
{
    private readonly Patterns names = new(patterns.Names);
    private readonly Patterns groups = new(patterns.Groups);
    private readonly Patterns locations = new([.. patterns.Locations.Select(Region.Normalize)]);
    private readonly Patterns kinds = new(kind ?? []);
    private readonly Patterns subDomains = new([.. (subDomain ?? []).Select(SubDomainOf)]);

    private int listed;
    private int matched;

    /// <summary>How many accounts match, as a sentence.</summary>
    public string Count => $"{matched} of {listed} deleted accounts match.";

    public bool Matches(DeletedCognitiveAccount account)
    {
        bool hasName = names.Match(account.Name);
        bool hasSubDomain = subDomain is null or []
            || (account.CustomSubDomainName is { } held && subDomains.Match(held));
        bool isMatch = hasName && hasSubDomain
            && groups.Match(account.ResourceGroupName)
            && kinds.Match(account.Kind)
            && locations.Match(account.Location)
            && (expiringWithin is null || account.TimeRemaining <= expiringWithin)
            && tags?.Match(account.Tags) != false
            && (after is null || account.DeletionDate >= after)
            && (before is null || account.DeletionDate <= before)
            && patterns.Deletion?.Is(account.DeletionDate) != false;
        Interlocked.Increment(ref listed);
        if (isMatch) Interlocked.Increment(ref matched);
        names.Note(account.Name, isMatch);
        groups.Note(account.ResourceGroupName, isMatch);
        kinds.Note(account.Kind, isMatch);
        locations.Note(account.Location, isMatch);
        subDomains.Note(account.CustomSubDomainName, isMatch);
        return isMatch;
    }

    /// <summary>The locations without wildcards in which no account is.</summary>
    public IEnumerable<string> EmptyLocations => patterns.Locations.Where(location =>
        locations.Unmatched.Any(unmatched => !unmatched.IsSeen && unmatched.Literal == Region.Normalize(location)));

    /// <summary>The names and subdomains without wildcards that no account has matched so far, and why.</summary>
    /// <param name="isFilteredOutToo">Whether those count too that an account has which another filter leaves
    /// out.</param>
    public IEnumerable<(string Wanted, RecoveryException Failure)> Missing(
        SearchedSubscriptions searched, bool isFilteredOutToo) =>
    [
        .. names.Unmatched.Where(name => isFilteredOutToo || !name.IsSeen).Select(name => (name.Literal, name.IsSeen
            ? LookupErrors.FilteredOut(name.Literal, searched.Listed)
            : LookupErrors.NotFound(
                name.Literal, searched, Suggestion.Near(name.Literal, names.Unseen.Seen)))),

        // One error is enough where neither matches.
        .. subDomains.Unmatched.Where(name => !name.IsSeen || (isFilteredOutToo && !names.Unmatched.Any()))
            .Select(name => (name.Literal, name.IsSeen
                ? SubDomainErrors.FilteredOut(name.Literal, searched)
                : SubDomainErrors.NotFound(name.Literal, searched))),
    ];

    /// <summary>The resource groups, locations and kinds that no account has, as a sentence each, and what the user may
    /// have meant; null for nothing.</summary>
    public IEnumerable<(string Sentence, string? Meant)> Unused =>
    [
        .. groups.Unseen.Texts.Select(group => (
            $"No deleted account was in resource group '{group}'.", Suggestion.Near(group, groups.Unseen.Seen))),
        .. locations.Unseen.Texts.Select(location => (
            $"No deleted account was in location '{location}'.", (string?)null)),
        .. kinds.Unseen.Texts.Select(kind => (
            $"No deleted account is of kind '{kind}'.",
            AccountKinds.Known.Contains(kind)
                ? null
                : Suggestion.For(kind, [.. kinds.Unseen.Seen, .. AccountKinds.Known]))),
        .. (tags?.Unseen ?? []).Select(tag => ($"No deleted account has tag '{tag}'.", (string?)null)),
    ];

    // What is copied from an application's settings is the endpoint: https://contoso.openai.azure.com/.
    private static string SubDomainOf(string text) =>
        text.Split(["://"], StringSplitOptions.None).Last().Split('.', '/')[0];
}
