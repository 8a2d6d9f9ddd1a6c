namespace CogRecover.Core.Operations;

/// <summary>The creation of an account's resource group, in the account's location.</summary>
internal sealed class GroupCreation(ArmRequests arm, AccountReference account)
    : AccountOperation<bool>(new GroupAttempt(account))
{
    public override Task<OperationStatus<bool>> VerifyAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new OperationStatus<bool>());

    public override async Task<Operation> SendAsync(CancellationToken cancellationToken) =>
        await arm.Client.GetSubscriptionResource(new ResourceIdentifier($"/subscriptions/{account.SubscriptionId}"))
            .GetResourceGroups().CreateOrUpdateAsync(
                WaitUntil.Started, account.ResourceGroupName, new ResourceGroupData(account.Location!),
                cancellationToken).ConfigureAwait(false);

    public override Task<OperationStatus<bool>> ReadAsync(
        Response response, bool wasLost, CancellationToken cancellationToken) =>
        Task.FromResult(OperationStatus<bool>.Done(true));

    public override async Task<OperationStatus<bool>> LookAsync(bool wasSent, CancellationToken cancellationToken)
    {
        using JsonDocument? group = await arm.TryGetAsync(
            arm.Addresses.ResourceGroup(account), ArmJson.Default.JsonDocument, cancellationToken).ConfigureAwait(false);
        return group is null ? new() : OperationStatus<bool>.Done(true);
    }
}
