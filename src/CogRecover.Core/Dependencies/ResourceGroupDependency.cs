namespace CogRecover.Core.Dependencies;

/// <summary>A resource group: the account's own, or the one of something that it needs. It is created again where it is
/// gone, once its deletion has ended.</summary>
/// <param name="location">The region to create it in; null if only the user knows it.</param>
internal sealed class ResourceGroupDependency(
    SharedReads reads, string subscriptionId, string name, string? location) : IDependency
{
    private const string Name = "ResourceGroup";

    private readonly ResourceIdentifier id = AccountId.Group(subscriptionId, name);

    public static ResourceGroupDependency Of(AccountReference account, SharedReads reads) => new(
        reads, account.SubscriptionId, account.ResourceGroupName!, Region.OfGroup(account.Location));

    /// <inheritdoc cref="IDependency.LookAsync"/>
    public async Task<DependencyStatus> LookAsync(CancellationToken cancellationToken)
    {
        SharedRead<JsonElement> group = await reads.GetAsync(reads.Addresses.Resource(id), cancellationToken)
            .ConfigureAwait(false);
        bool isBeingDeleted =
            ProvisioningState.IsDeleting(group.Value.Child("properties").Text("provisioningState"));
        return group.Exists switch
        {
            true when isBeingDeleted => new(
                Check.Failed(Name, RecoveryErrorId.ResourceGroupBeingDeleted,
                    $"Resource group '{name}' is being deleted, with all that is in it.",
                    NextCommand.CreateGroupOnceDeleted(name, location), isRecoverable: location is not null),
                WayBack(isBeingDeleted: true)),
            true => new(Check.Passed(Name, $"Resource group '{name}' exists.")),
            false => new(
                Check.Failed(Name, RecoveryErrorId.ResourceGroupNotFound, $"Resource group '{name}' is gone.",
                    NextCommand.CreateGroup(name, location), isRecoverable: location is not null),
                WayBack()),
            null => new(Check.Unknown(
                Name, $"Whether resource group '{name}' exists couldn't be found out: {group.Reason}")),
        };
    }

    async Task<DependencyStatus?> IDependency.LookAsync(CancellationToken cancellationToken) =>
        await LookAsync(cancellationToken).ConfigureAwait(false);

    private RecoverableResource? WayBack(bool isBeingDeleted = false) => location is null
        ? null
        : new RecoverableResource(id, reads.Addresses.Resource(id), "resource group", location)
        {
            IsBeingDeleted = isBeingDeleted,
            LookAgain = $"Get-AzResourceGroup -Name '{NextCommand.Quote(name)}'",
            MissingRole =
                "Creating a resource group needs Microsoft.Resources/subscriptions/resourceGroups/write on the "
                + "subscription. Ask for it, or ask somebody who has it to create the group.",
        };
}
