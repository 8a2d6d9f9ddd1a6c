namespace CogRecover.Core.References;

/// <summary>Names of Azure regions. Azure Resource Manager returns them as they were spelled.</summary>
internal static class Region
{
    /// <summary>The location of accounts that are in no region. A resource group can't have it.</summary>
    public const string Global = "global";

    /// <summary>The region in which an account's resource group is created; null if the account is in none.</summary>
    public static string? OfGroup(string? location) => location == Global ? null : location;

    /// <summary>The normalized name of what a response names; null if it names none.</summary>
    public static string? Of(string? location) => location is null ? null : Normalize(location);

    /// <summary>The normalized name: <c>westus2</c> for <c>West US 2</c> and <c>WESTUS2</c>.</summary>
    public static string Normalize(string location) =>
        location.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            ? location
            : string.Concat(location.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant();
}
