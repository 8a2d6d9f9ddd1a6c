namespace CogRecover.Core.Dependencies;

/// <summary>A user-assigned identity of the account. One that is gone can't be recovered, and one of the same name is
/// another identity.</summary>
internal sealed class IdentityDependency(SharedReads reads, DeletedCognitiveAccount account, string resourceId)
    : IDependency
{
    private const string Name = "Identity";

    public static IEnumerable<IDependency> Of(DeletedCognitiveAccount account, SharedReads reads) =>
        (account.Identity?.UserAssignedIdentities ?? []).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(id => new IdentityDependency(reads, account, id));

    public async Task<DependencyStatus?> LookAsync(CancellationToken cancellationToken)
    {
        if (DependencyTypes.ParseId(resourceId, DependencyTypes.UserAssignedIdentity) is not { } id)
            return new(Check.Unknown(Name, $"'{resourceId}' isn't the id of a user-assigned identity."));
        SharedRead<JsonElement> identity = await reads.GetAsync(reads.Addresses.Resource(id), cancellationToken)
            .ConfigureAwait(false);
        string name = Uri.UnescapeDataString(id.Name);
        return new(identity.Exists switch
        {
            true => Check.Passed(Name, $"User-assigned identity '{name}' exists."),
            false when resourceId.Equals(account.KeyIdentityId, StringComparison.OrdinalIgnoreCase) => Check.Failed(
                Name, RecoveryErrorId.IdentityMissing,
                $"User-assigned identity '{name}' is gone. The account reads its customer-managed key with it.",
                $"{CreateAgain(id, name)} It gets another client id: give it access to the key, and give the account "
                + "its client id. Add -SkipPrerequisiteCheck to Restore-CognitiveAccount to restore without it."),
            false => Check.Warning(
                Name, $"User-assigned identity '{name}' is gone.",
                $"{CreateAgain(id, name)} It gets another client id and no roles: assign it to the account, and "
                + "create its role assignments again.", RecoveryErrorId.IdentityMissing),
            null => Check.Unknown(
                Name, $"It isn't known whether user-assigned identity '{name}' exists: {identity.Reason}"),
        });
    }

    private string CreateAgain(ResourceIdentifier id, string name) =>
        $"New-AzUserAssignedIdentity -Name '{NextCommand.Quote(name)}' -ResourceGroupName "
        + $"'{NextCommand.Quote(Uri.UnescapeDataString(id.ResourceGroupName!))}' -Location "
        + $"{(Region.OfGroup(account.Location) is { } region ? $"'{region}'" : "<region>")} "
        + $"-SubscriptionId '{id.SubscriptionId}' creates an identity of that name again. Create its resource group "
        + "first if that is gone too.";
}
