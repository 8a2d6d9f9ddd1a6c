namespace CogRecover.Core.Dependencies;

/// <summary>Where a key vault was found.</summary>
/// <param name="Id">Its id, each segment escaped; null if it wasn't found.</param>
/// <param name="Location">The region's normalized name.</param>
/// <param name="Reasons">Why the search may have missed it; empty if everything could be read.</param>
/// <param name="Unread">The id of the first read that failed; null if everything could be read.</param>
/// <param name="Searched">How many subscriptions were searched.</param>
internal sealed record FoundKeyVault(
    ResourceIdentifier? Id, string? Location, bool IsDeleted, IReadOnlyCollection<string> Reasons,
    RecoveryErrorId? Unread = null, int Searched = 1);

/// <summary>Finds a key vault by its name, which only one in the world has: live or soft-deleted, in the account's
/// subscription or else in another one of the sign-in.</summary>
internal sealed class KeyVaultSearch(SharedReads reads)
{
    public async Task<FoundKeyVault> FindAsync(
        string name, string subscriptionId, CancellationToken cancellationToken)
    {
        FoundKeyVault first = await FindInAsync(name, subscriptionId, cancellationToken).ConfigureAwait(false);
        if (first.Id is not null) return first;
        SharedRead<List<JsonElement>> subscriptions = await reads.ListAsync(
            reads.Addresses.Subscriptions(), cancellationToken).ConfigureAwait(false);
        string[] others = [.. (subscriptions.Value ?? []).Select(subscription => subscription.Text("subscriptionId"))
            .Where(id => Guid.TryParse(id, out _) && !subscriptionId.Equals(id, StringComparison.OrdinalIgnoreCase))
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        FoundKeyVault[] found = await others.SelectAsync(
            other => FindInAsync(name, other, cancellationToken), cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault(vault => vault.Id is not null) ?? new(null, null, IsDeleted: false,
            [.. found.Prepend(first).SelectMany(vault => vault.Reasons).Append(subscriptions.Reason)
                .Where(reason => reason.Length > 0).Distinct()],
            found.Prepend(first).Select(vault => vault.Unread).FirstOrDefault(id => id is not null)
                ?? subscriptions.ErrorId,
            found.Length + 1);
    }

    private async Task<FoundKeyVault> FindInAsync(
        string name, string subscriptionId, CancellationToken cancellationToken)
    {
        SharedRead<List<JsonElement>> live = await reads.ListAsync(
            reads.Addresses.KeyVaults(subscriptionId, name), cancellationToken).ConfigureAwait(false);
        foreach (JsonElement vault in live.Value ?? [])
            if (DependencyTypes.ParseId(vault.Text("id"), DependencyTypes.KeyVault) is { } id)
                return new(id, Region.Of(vault.Text("location")), IsDeleted: false, []);

        SharedRead<List<JsonElement>> deleted = await reads.ListAsync(
            reads.Addresses.DeletedVaults(subscriptionId), cancellationToken).ConfigureAwait(false);
        JsonElement found = deleted.Value?.Find(
            vault => name.Equals(vault.Text("name"), StringComparison.OrdinalIgnoreCase)) ?? default;
        return found.ValueKind == JsonValueKind.Object
            ? new(
                DependencyTypes.ParseId(found.Child("properties").Text("vaultId"), DependencyTypes.KeyVault),
                Region.Of(found.Child("properties").Text("location")), IsDeleted: true, [])
            : new(null, null, IsDeleted: false,
                [.. new[] { live.Reason, deleted.Reason }.Where(reason => reason.Length > 0)],
                live.ErrorId ?? deleted.ErrorId);
    }
}
