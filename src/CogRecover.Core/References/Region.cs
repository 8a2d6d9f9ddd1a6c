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

    // The name that azd and lists put behind: West Europe (westeurope).
    private static readonly Regex Behind = new(@"^[^()]+\((?<name>[a-z0-9]+)\)\z");

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
        return Behind.Match(name) is { Success: true } match ? match.Groups["name"].Value : name;
    }

    /// <summary>The region whose name is closest to what a user gave.</summary>
    /// <param name="regions">Normalized names: one at least.</param>
    public static string Nearest(string location, IEnumerable<string> regions)
    {
        string given = Normalize(location);
        string letters = Sorted(given);

        // The words of a name are easily swapped: useast.
        return regions.OrderByDescending(region => Sorted(region) == letters)
            .ThenBy(region => EditDistance.Of(given, region)).First();
    }

    private static string Sorted(string name) => string.Concat(name.OrderBy(letter => letter));
}
