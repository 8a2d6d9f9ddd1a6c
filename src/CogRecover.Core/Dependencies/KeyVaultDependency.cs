namespace CogRecover.Core.Dependencies;

/// <summary>The key vault with the customer-managed key. It is recovered where it is soft-deleted.</summary>
internal sealed class KeyVaultDependency(SharedReads reads, DeletedCognitiveAccount account) : IDependency
{
    private const string Name = "KeyVault";

    // https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
    private static readonly Regex VaultHost = new(@"^(?<name>[a-z0-9-]{3,24})\.vault\.", RegexOptions.IgnoreCase);

    public static IEnumerable<IDependency> Of(DeletedCognitiveAccount account, SharedReads reads) =>
        account.KeyVaultUri is null ? [] : [new KeyVaultDependency(reads, account)];

    /// <summary>The vault's name; null if the address isn't that of a vault.</summary>
    public static string? NameOf(DeletedCognitiveAccount account) =>
        Uri.TryCreate(account.KeyVaultUri, UriKind.Absolute, out Uri? uri)
        && VaultHost.Match(uri.Host) is { Success: true } host ? host.Groups["name"].Value : null;

    public async Task<DependencyStatus?> LookAsync(CancellationToken cancellationToken)
    {
        if (NameOf(account) is not { } vault)
            return new(Check.Unknown(
                Name, $"'{account.KeyVaultUri}' isn't the address of a key vault that can be checked."));
        FoundKeyVault found = await new KeyVaultSearch(reads).FindAsync(
            vault, account.SubscriptionId, cancellationToken).ConfigureAwait(false);
        if (found.Id is null) return found.IsDeleted ? Unrecoverable(vault) : NotFound(vault, found);

        string group = Uri.UnescapeDataString(found.Id.ResourceGroupName!);
        DependencyStatus ofGroup = await new ResourceGroupDependency(
            reads, found.Id.SubscriptionId!, group, found.Location).LookAsync(cancellationToken).ConfigureAwait(false);
        if (!found.IsDeleted && !ofGroup.HasFailed)
            return new(Check.Passed(Name, $"Key vault '{vault}' with the customer-managed key exists."));
        if (found.Location is null) return Unrecoverable(vault);
        if (!found.IsDeleted && await HasNoSoftDeleteAsync(found.Id, cancellationToken).ConfigureAwait(false))
            return Unprotected(vault, ofGroup);
        string undo = Undo(vault, found, group, ofGroup.Recovery is null);
        var recovery = new RecoverableResource(
            found.Id, reads.Addresses.Resource(found.Id), "key vault", found.Location)
        {
            Properties = """{"createMode":"recover"}""",
            Group = ofGroup.Recovery,
            LookAgain = $"{NextCommand.In(found.Id.SubscriptionId!)}Get-AzKeyVault -VaultName '{vault}'",
            MissingRole = $"Recovering a key vault needs Microsoft.KeyVault/vaults/write on resource group '{group}', "
                + $"and Microsoft.KeyVault/locations/deletedVaults/read on subscription {found.Id.SubscriptionId}. Ask "
                + $"for the role 'Key Vault Contributor' there, or ask somebody who has it to run {undo}",
        };
        return new(
            Check.Failed(Name, RecoveryErrorId.KeyVaultDeleted,
                found.IsDeleted
                    ? $"Key vault '{vault}' with the customer-managed key is itself soft-deleted."
                    : $"Key vault '{vault}' with the customer-managed key is deleted with its resource group. "
                        + ofGroup.Check.Message,
                $"Add -RestoreDependency to Restore-CognitiveAccount, or run{ofGroup.Recovery?.Once} {undo}",
                isRecoverable: true),
            recovery);
    }

    private DependencyStatus NotFound(string vault, FoundKeyVault found)
    {
        string where = found.Searched == 1
            ? $"subscription {account.SubscriptionId}"
            : $"any of the {found.Searched} subscriptions of this sign-in";
        return new(
            Check.Unknown(Name,
                $"Key vault '{vault}' with the customer-managed key was found neither live nor soft-deleted in {where}"
                + (found.Reasons.Count == 0
                    ? ". It may have been purged, or it may be where this sign-in can't see it."
                    : $". {string.Join(" ", found.Reasons)}"),
                $"Run Get-AzKeyVault -VaultName '{vault}' in the subscription that holds it. Without the vault and its "
                + "key the account can't read its data. If you know that it exists, restore without "
                + "-RestoreDependency.", found.Unread ?? RecoveryErrorId.KeyVaultMissing));
    }

    private async Task<bool> HasNoSoftDeleteAsync(ResourceIdentifier id, CancellationToken cancellationToken)
    {
        SharedRead<JsonElement> live = await reads.GetAsync(reads.Addresses.Resource(id), cancellationToken)
            .ConfigureAwait(false);
        return live.Value.Child("properties").Child("enableSoftDelete").ValueKind == JsonValueKind.False;
    }

    private static DependencyStatus Unprotected(string vault, DependencyStatus ofGroup) => new(Check.Failed(
        Name, RecoveryErrorId.KeyVaultDeleted,
        $"Key vault '{vault}' with the customer-managed key is deleted with its resource group, and can't be "
        + $"recovered: its soft delete is off. {ofGroup.Check.Message}",
        $"Run Backup-AzKeyVaultKey -VaultName '{vault}' -Name <key> now: Restore-AzKeyVaultKey puts the key into "
        + "another vault."));

    private static DependencyStatus Unrecoverable(string vault) => new(Check.Failed(
        Name, RecoveryErrorId.KeyVaultDeleted,
        $"Key vault '{vault}' with the customer-managed key is itself soft-deleted.",
        "Recover it in the Azure portal: Key vaults > Manage deleted vaults."));

    private static string Undo(string vault, FoundKeyVault found, string group, bool hasGroup) =>
        (hasGroup
            ? NextCommand.In(found.Id!.SubscriptionId!)
            : NextCommand.NewGroup(found.Id!.SubscriptionId!, group, found.Location) + "; ")
        + $"Undo-AzKeyVaultRemoval -VaultName '{vault}' -ResourceGroupName '{NextCommand.Quote(group)}' "
        + $"-Location '{found.Location}'";
}
