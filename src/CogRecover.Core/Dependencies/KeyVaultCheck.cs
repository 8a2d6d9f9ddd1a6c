namespace CogRecover.Core.Dependencies;

/// <summary>Whether the key vault with the customer-managed key exists, or is itself soft-deleted.</summary>
internal sealed class KeyVaultCheck(SharedReads reads)
{
    private const string Name = "KeyVault";

    // https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
    private static readonly Regex VaultHost = new(@"^(?<name>[a-z0-9-]{3,24})\.vault\.", RegexOptions.IgnoreCase);

    public async Task<RestoreCheck> RunAsync(DeletedCognitiveAccount account, CancellationToken cancellationToken)
    {
        Match host = VaultHost.Match(
            Uri.TryCreate(account.KeyVaultUri, UriKind.Absolute, out Uri? uri) ? uri.Host : "");
        if (!host.Success)
            return Check.Unknown(
                Name, $"'{account.KeyVaultUri}' isn't the address of a key vault that can be checked.");

        string vault = host.Groups["name"].Value;
        SharedRead<List<JsonElement>> live = await reads.ListAsync(
            reads.Addresses.KeyVaults(account.SubscriptionId, vault), cancellationToken).ConfigureAwait(false);
        if (live is { Exists: true, Value: [_, ..] })
            return Check.Passed(Name, $"Key vault '{vault}' with the customer-managed key exists.");

        SharedRead<List<JsonElement>> deleted = await reads.ListAsync(
            reads.Addresses.DeletedVaults(account.SubscriptionId), cancellationToken).ConfigureAwait(false);
        if (deleted.Value?.Find(item => vault.Equals(item.Text("name"), StringComparison.OrdinalIgnoreCase)) is
            { ValueKind: JsonValueKind.Object } found)
            return Deleted(vault, found.Child("properties"));
        string reasons = string.Join(" ", new[] { live.Reason, deleted.Reason }.Distinct());
        return Check.Unknown(Name, $"Key vault '{vault}' with the customer-managed key wasn't found in subscription "
            + $"{account.SubscriptionId}. {reasons}".TrimEnd(),
            $"Run Get-AzKeyVault -VaultName '{vault}' in the subscription that holds it. Without the vault and its key "
            + "the account can't read its data.");
    }

    private static RestoreCheck Deleted(string vault, JsonElement properties)
    {
        string? group = ResourceIdentifier.TryParse(properties.Text("vaultId"), out ResourceIdentifier? id)
            ? id!.ResourceGroupName
            : null;
        return Check.Failed(Name, RecoveryErrorId.KeyVaultDeleted,
            $"Key vault '{vault}' with the customer-managed key is itself soft-deleted.",
            group is not null && properties.Text("location") is { } location
                ? $"Undo-AzKeyVaultRemoval -VaultName '{vault}' -ResourceGroupName '{NextCommand.Quote(group)}' "
                    + $"-Location '{NextCommand.Quote(location)}'"
                : "Recover it in the Azure portal: Key vaults > Manage deleted vaults.");
    }
}
