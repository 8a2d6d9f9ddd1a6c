namespace CogRecover.Core.Accounts;

/// <summary>Finds out whether a location that nothing was found in is one. Thread-safe.</summary>
internal sealed class LocationCheck(SharedReads reads)
{
    /// <summary>The error where no region has the name; null if one has, or that can't be found out.</summary>
    /// <param name="location">The location in any spelling.</param>
    public async Task<RecoveryException?> FindErrorAsync(
        string subscriptionId, string location, CancellationToken cancellationToken)
    {
        string name = Region.Normalize(location);
        if (Region.Known.Contains(name)) return null;

        // A new region, or one of a cloud of its own.
        SharedRead<JsonElement> listed = await reads.GetAsync(
            reads.Addresses.Locations(subscriptionId), cancellationToken).ConfigureAwait(false);
        string[] regions = [.. listed.Value.Child("value").Texts("name").Select(Region.Normalize)];
        return regions.Length == 0 || regions.Contains(name)
            ? null
            : ReferenceErrors.InvalidLocation(location, regions);
    }
}
