namespace CogRecover.Core.References;

/// <summary>The names of Azure regions, which Azure Resource Manager gives back as their typist spelled them.</summary>
public static class Region
{
    /// <summary>Where accounts are that are in no region. A resource group can't be there.</summary>
    public const string Global = "global";

    /// <summary>
    /// The normalized name of a region: <c>West US 2</c>, <c>WESTUS2</c> and <c>westus2</c> are all <c>westus2</c>.
    /// </summary>
    public static string Normalize(string location) =>
        location.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            ? location
            : string.Concat(location.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant();
}
