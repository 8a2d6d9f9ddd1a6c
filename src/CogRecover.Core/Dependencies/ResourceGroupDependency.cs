namespace CogRecover.Core.Dependencies;

/// <summary>A resource group: the account's own, or the one of something that it needs. It is created again where it is
/// gone, once its deletion has ended.</summary>
/// <param name="location">The region to create it in where it is gone; null if only the user knows it.</param>
internal sealed class ResourceGroupDependency(
    SharedReads reads, string subscriptionId, string name, string? location) : IDependency
{
    private const string Name = "ResourceGroup";

    private readonly ResourceIdentifier id = AccountId.Group(subscriptionId, name);

    public static ResourceGroupDependency Of(AccountReference account, SharedReads reads) => new(
        reads, account.SubscriptionId, account.ResourceGroupName!, Region.OfGroup(account.Location));

    /// <summary>Whether the resource group of a resource is gone, or being deleted with all that is in it.</summary>
    /// <param name="resource">The resource's id, each segment escaped.</param>
    public static async Task<bool> IsGoingAsync(
        ResourceIdentifier resource, SharedReads reads, CancellationToken cancellationToken) =>
        (await new ResourceGroupDependency(
            reads, resource.SubscriptionId!, Uri.UnescapeDataString(resource.ResourceGroupName!), location: null)
            .LookAsync(cancellationToken).ConfigureAwait(false)).HasFailed;

    /// <inheritdoc cref="IDependency.LookAsync"/>
    public async Task<DependencyStatus> LookAsync(CancellationToken cancellationToken)
    {
        SharedRead<JsonElement> group = await reads.GetAsync(reads.Addresses.Resource(id), cancellationToken)
            .ConfigureAwait(false);
        bool isBeingDeleted =
            ProvisioningState.IsDeleting(group.Value.Child("properties").Text("provisioningState"));
        string? region = isBeingDeleted ? Region.Of(group.Value.Text("location")) ?? location : location;
        return group.Exists switch
        {
            true when isBeingDeleted => new(
                Check.Failed(Name, RecoveryErrorId.ResourceGroupBeingDeleted,
                    $"Resource group '{name}' is being deleted, with all that is in it.",
                    NextCommand.CreateGroupOnceDeleted(subscriptionId, name, region),
                    isRecoverable: region is not null),
                WayBack(region, group.Value)),
            true => new(Check.Passed(Name, $"Resource group '{name}' exists.")),
            false => new(
                Check.Failed(Name, RecoveryErrorId.ResourceGroupNotFound, $"Resource group '{name}' is gone.",
                    NextCommand.CreateGroup(subscriptionId, name, location), isRecoverable: location is not null),
                WayBack(region, beingDeleted: null)),
            null => new(Check.Unseen(
                Name, $"resource group '{name}'", group,
                $"If it is gone, create it: {NextCommand.NewGroup(subscriptionId, name, location)}.")),
        };
    }

    async Task<DependencyStatus?> IDependency.LookAsync(CancellationToken cancellationToken) =>
        await LookAsync(cancellationToken).ConfigureAwait(false);

    // Its tags can be read only while it still exists.
    private RecoverableResource? WayBack(string? region, JsonElement? beingDeleted) => region is null
        ? null
        : new RecoverableResource(id, reads.Addresses.Resource(id), "resource group", region)
        {
            IsBeingDeleted = beingDeleted is not null,
            Tags = AccountReader.ReadTags(beingDeleted?.Child("tags") ?? default),
            LookAgain = NextCommand.GetGroup(subscriptionId, name),
            MissingRole =
                "Creating a resource group needs Microsoft.Resources/subscriptions/resourceGroups/write on "
                + $"subscription {subscriptionId}. Ask for it, or ask somebody who has it to create the group.",
        };
}
