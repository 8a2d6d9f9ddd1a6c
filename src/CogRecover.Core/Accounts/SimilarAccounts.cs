namespace CogRecover.Core.Accounts;

/// <summary>Finds the account that a user may have meant with a misspelled name, group or location.</summary>
internal static class SimilarAccounts
{
    private const int Most = 3;

    /// <summary>The accounts of the same name in another group or location, and those whose names are one or two
    /// letters off; the closest first.</summary>
    public static IReadOnlyList<DeletedCognitiveAccount> Of(
        AccountReference reference, IEnumerable<DeletedCognitiveAccount> accounts) =>
    [
        .. accounts
            .Where(account => !reference.Matches(account) && !IsOfSameSeries(reference.Name, account.Name))
            .Select(account => (Account: account, Edits: EditDistance.Of(reference.Name, account.Name)))
            .Where(candidate => candidate.Edits <= (reference.Name.Length < 6 ? 1 : 2))
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => Differs(reference.ResourceGroupName, candidate.Account.ResourceGroupName)
                + Differs(reference.Location, candidate.Account.Location))
            .Take(Most)
            .Select(candidate => candidate.Account),
    ];

    /// <summary>Whether neither name is the other one misspelled: contoso-1 and contoso-2, contoso-a and contoso-b, or
    /// contoso-eu and contoso-us.</summary>
    public static bool IsOfSameSeries(string left, string right)
    {
        if (IsSame(left, right)) return false;
        if (IsSame(WithoutDigits(left), WithoutDigits(right))) return true;
        return left.Length == right.Length && WithoutSuffix(left) is { } stem && WithoutSuffix(right) is { } other
            && IsSame(stem, other);
    }

    // A suffix of one or two characters; null if the name has a longer one.
    private static string? WithoutSuffix(string name)
    {
        int start = name.LastIndexOfAny(['-', '_', '.']) + 1;
        return name.Length - start <= 2 ? name.Substring(0, start) : null;
    }

    private static string WithoutDigits(string name) => string.Concat(name.Where(letter => !char.IsDigit(letter)));

    private static int Differs(string? wanted, string found) => wanted is null || IsSame(wanted, found) ? 0 : 1;

    private static bool IsSame(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
