using CogRecover.Core.References;

namespace CogRecover.Core.Accounts;

/// <summary>Finds what a user may have meant who has misspelled an account's name, group or location.</summary>
internal static class SimilarAccounts
{
    private const int Most = 3;

    /// <summary>
    /// The accounts of that name in another group or location, or of a name that is one or two letters off; the closest
    /// first, three at most.
    /// </summary>
    public static IReadOnlyList<DeletedCognitiveAccount> Of(
        AccountReference reference, IEnumerable<DeletedCognitiveAccount> accounts) =>
    [
        .. accounts
            .Where(account => !reference.Matches(account) && !IsNumbered(reference.Name, account.Name))
            .Select(account => (Account: account, Edits: Edits(reference.Name, account.Name)))
            .Where(candidate => candidate.Edits <= (reference.Name.Length < 6 ? 1 : 2))
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => OtherParts(reference, candidate.Account))
            .Take(Most)
            .Select(candidate => candidate.Account),
    ];

    // contoso-1 isn't a slip for contoso-2: names of one series are told apart by their numbers.
    private static bool IsNumbered(string left, string right) =>
        !left.Equals(right, StringComparison.OrdinalIgnoreCase)
        && WithoutDigits(left).Equals(WithoutDigits(right), StringComparison.OrdinalIgnoreCase);

    private static string WithoutDigits(string name) => string.Concat(name.Where(letter => !char.IsDigit(letter)));

    private static int OtherParts(AccountReference reference, DeletedCognitiveAccount account) =>
        (Differs(reference.ResourceGroupName, account.ResourceGroupName) ? 1 : 0)
        + (Differs(reference.Location, account.Location) ? 1 : 0);

    private static bool Differs(string? wanted, string found) =>
        wanted is not null && !wanted.Equals(found, StringComparison.OrdinalIgnoreCase);

    /// <summary>How many letters have to be put in, left out or replaced (Levenshtein), whatever their case.</summary>
    private static int Edits(string left, string right)
    {
        int[] above = [.. Enumerable.Range(0, right.Length + 1)];
        for (int row = 1; row <= left.Length; row++)
        {
            int[] line = new int[right.Length + 1];
            line[0] = row;
            for (int column = 1; column <= right.Length; column++)
            {
                bool isSame = char.ToUpperInvariant(left[row - 1]) == char.ToUpperInvariant(right[column - 1]);
                line[column] = Math.Min(
                    above[column - 1] + (isSame ? 0 : 1), Math.Min(above[column], line[column - 1]) + 1);
            }

            above = line;
        }

        return above[right.Length];
    }
}
