namespace CogRecover.Core.Operations;

/// <summary>The creation of an account's resource group, in the account's location. The result is whether it was this
/// that created it: somebody else may have.</summary>
internal sealed class GroupCreation(ArmRequests arm, AccountReference account)
    : AccountOperation<bool>(arm, new GroupAttempt(account))
{
    // A group that is there by now keeps its tags.
    public override async Task<OperationStatus<bool>> VerifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await GetStatusAsync(wasSent: false, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            return new();
        }
    }

    public override async Task<Operation> SendAsync(CancellationToken cancellationToken) =>
        await Arm.Client.GetSubscriptionResource(new ResourceIdentifier($"/subscriptions/{account.SubscriptionId}"))
            .GetResourceGroups().CreateOrUpdateAsync(
                WaitUntil.Started, account.ResourceGroupName, new ResourceGroupData(account.Location!),
                cancellationToken).ConfigureAwait(false);

    public override Task<OperationStatus<bool>> ReadAsync(
        Response response, bool wasLost, CancellationToken cancellationToken) =>
        Task.FromResult(OperationStatus<bool>.Done(true));

    public override async Task<OperationStatus<bool>> GetStatusAsync(bool wasSent, CancellationToken cancellationToken)
    {
        using JsonDocument? group = await Arm.TryGetAsync(
            Arm.Addresses.ResourceGroup(account), ArmJson.Default.JsonDocument, cancellationToken)
            .ConfigureAwait(false);
        string? state = group?.RootElement.Child("properties").Text("provisioningState");
        return group is null || ProvisioningState.IsDeleting(state) ? new() : OperationStatus<bool>.Done(wasSent);
    }
}
