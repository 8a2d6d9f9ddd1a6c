namespace CogRecover.Sandbox.Arm.Resources;

/// <summary>The regions, and their spellings.</summary>
internal static class AzureLocation
{
    /// <summary>The names that people see, without which no provider would list a location.</summary>
    public static readonly string[] DisplayNames =
    [
        "Global", "Australia East", "Brazil South", "Canada Central", "Canada East", "Central India", "Central US",
        "Central US EUAP", "East Asia", "East US", "East US 2", "East US 2 EUAP", "France Central",
        "Germany West Central", "Italy North", "Japan East", "Japan West", "Korea Central", "North Central US",
        "North Europe", "Norway East", "Poland Central", "Qatar Central", "South Africa North", "South Central US",
        "South India", "Southeast Asia", "Spain Central", "Sweden Central", "Switzerland North", "Switzerland West",
        "UAE North", "UK South", "UK West", "West Central US", "West Europe", "West US", "West US 2", "West US 3",
    ];

    /// <summary>The normalized names: <c>westus2</c>.</summary>
    public static readonly string[] Names = [.. DisplayNames.Select(Normalize)];

    /// <summary><c>West US 2</c> and <c>WESTUS2</c> are <c>westus2</c>.</summary>
    public static string Normalize(string location) =>
        location.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Whether two spellings mean the same region.</summary>
    public static bool Same(string left, string right) => Normalize(left) == Normalize(right);

    /// <summary>Whether it is a region, in which resource groups can be.</summary>
    public static bool IsRegion(string location) => IsKnown(location) && !Same(location, "global");

    /// <summary>Whether ARM knows the region, or that there is none.</summary>
    public static bool IsKnown(string location) => Names.Contains(Normalize(location));
}
