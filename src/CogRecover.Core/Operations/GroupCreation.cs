namespace CogRecover.Core.Operations;

/// <summary>The creation of an account's resource group, in the account's location.</summary>
internal sealed class GroupCreation(ArmRequests arm, DeletedCognitiveAccount account)
    : IAccountOperation<bool>
{
    private readonly AccountReference reference = AccountReference.Of(account);

    public Attempt Attempt { get; } = new GroupAttempt(AccountReference.Of(account));

    public Task<OperationStatus<bool>> VerifyAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new OperationStatus<bool>());

    public async Task<Operation> SendAsync(CancellationToken cancellationToken) =>
        await arm.Client.GetSubscriptionResource(new ResourceIdentifier($"/subscriptions/{reference.SubscriptionId}"))
            .GetResourceGroups()
            .CreateOrUpdateAsync(
                WaitUntil.Started, reference.ResourceGroupName, new ResourceGroupData(reference.Location!),
                cancellationToken).ConfigureAwait(false);

    public Task<OperationStatus<bool>> ReadAsync(Response response, bool wasLost, CancellationToken cancellationToken) =>
        Task.FromResult(OperationStatus<bool>.Done(true));

    public bool MayBeDone(ArmError refusal) => false;

    public async Task<OperationStatus<bool>> LookAsync(bool wasSent, CancellationToken cancellationToken)
    {
        using JsonDocument? group = await arm.TryGetAsync(
            arm.Addresses.ResourceGroup(reference), ArmJson.Default.JsonDocument, cancellationToken).ConfigureAwait(false);
        return group is null ? new() : OperationStatus<bool>.Done(true);
    }

    public string? StateOf(bool result) => null;

    public bool Despite(ArmError failure, bool result) => result;

    public RecoveryException HasFailed() => throw new NotSupportedException("Nobody waits for another's creation.");
}
