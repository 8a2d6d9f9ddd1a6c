using System.Reflection;

namespace CogRecover.Core.References;

/// <summary>Names of Azure regions. Azure Resource Manager returns them as they were spelled, and tools print them in
/// several ways.</summary>
internal static class Region
{
    /// <summary>The location of accounts that are in no region. A resource group can't have it.</summary>
    public const string Global = "global";

    // The geography that the portal and azd put in front: (US) East US.
    private static readonly Regex Geography = new(@"^\([^()]*\)(?=.)");

    // The name that azd and lists repeat behind: West Europe (westeurope).
    private static readonly Regex Repeated = new(@"^(?<name>[a-z0-9]+)\(\k<name>\)\z");

    private static readonly Regex InBrackets = new(@"\([^()]*\)");

    // Half of the shortest name.
    private const int MostEdits = 3;

    /// <summary>The normalized names of the regions of all clouds that the Azure SDK knows, and
    /// <see cref="Global"/>.</summary>
    public static IReadOnlyCollection<string> Known { get; } = new HashSet<string>(
        typeof(AzureLocation).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => property.GetValue(null)).OfType<AzureLocation>().Select(location => location.Name))
        { Global };

    /// <summary>The region in which an account's resource group is created; null if the account is in none.</summary>
    public static string? OfGroup(string? location) => location == Global ? null : location;

    /// <summary>The normalized name of what a response names; null if it names none.</summary>
    public static string? Of(string? location) => location is null ? null : Normalize(location);

    /// <summary>The normalized name: <c>westus2</c> for <c>West US 2</c>, <c>WESTUS2</c>, <c>(US) West US 2</c> and
    /// <c>(US) West US 2 (westus2)</c>.</summary>
    public static string Normalize(string location)
    {
        if (location.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9'))) return location;
        string letters = string.Concat(location.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant();
        string name = Geography.Replace(letters, "");
        return Repeated.Match(name) is { Success: true } match ? match.Groups["name"].Value : name;
    }

    /// <summary>The region whose name is closest to what a user gave, and whether the user may mean it.</summary>
    /// <param name="regions">Normalized names: one at least.</param>
    public static (string Name, bool IsClose) Nearest(string location, IEnumerable<string> regions)
    {
        string given = string.Concat(InBrackets.Replace(Normalize(location), "").Where(char.IsLetterOrDigit));
        string letters = Sorted(given);

        // The words of a name are easily swapped: useast.
        (string Name, int Edits) nearest = regions
            .Select(region => (region, Sorted(region) == letters ? 0 : EditDistance.Of(given, region)))
            .OrderBy(candidate => candidate.Item2).First();
        return (nearest.Name, nearest.Edits <= MostEdits);
    }

    private static string Sorted(string name) => string.Concat(name.OrderBy(letter => letter));
}
