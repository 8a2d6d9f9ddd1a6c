namespace CogRecover.Core.Operations;

/// <summary>Brings back a resource that accounts need. The result is whether it was this that did it: somebody else may
/// have.</summary>
/// <param name="isWanted">Whether somebody still wants it once its deletion was waited for; null for yes.</param>
internal sealed class ResourceRecovery(
    ArmRequests arm, RecoverableResource resource, Func<CancellationToken, Task<bool>>? isWanted = null)
    : AccountOperation<bool>(arm, new ResourceAttempt(resource))
{
    private bool hasWaited;

    public override string Scope => $"{resource.Id.SubscriptionId} {resource.Id.ResourceType}";

    // What is there by now keeps its tags. What is being deleted is neither there nor can be brought back yet.
    public override async Task<OperationStatus<bool>> VerifyAsync(CancellationToken cancellationToken)
    {
        (bool exists, string? state) = await Arm.LookAsync(LookAsync, cancellationToken).ConfigureAwait(false);
        if (exists && ProvisioningState.IsDeleting(state))
        {
            hasWaited = true;
            return OperationStatus<bool>.Blocked($"{resource.Description} is being deleted");
        }

        OperationStatus<bool> status = StatusOf(exists, state, wasSent: false);
        return status.Stage == OperationStage.NotStarted && hasWaited && isWanted is not null
            && !await isWanted(cancellationToken).ConfigureAwait(false)
            ? OperationStatus<bool>.Done(false)
            : status;
    }

    public override async Task<Operation> SendAsync(CancellationToken cancellationToken)
    {
        var data = new GenericResourceData(resource.Location)
        {
            Properties = resource.Properties is null ? null : BinaryData.FromString(resource.Properties),
        };
        foreach (KeyValuePair<string, string> tag in resource.Tags) data.Tags.Add(tag.Key, tag.Value);
        return await Arm.Client.GetGenericResources().CreateOrUpdateAsync(
            WaitUntil.Started, resource.Id, data, cancellationToken).ConfigureAwait(false);
    }

    public override Task<OperationStatus<bool>> ReadAsync(
        Response response, bool wasLost, CancellationToken cancellationToken) =>
        Task.FromResult(StatusOf(exists: true, ArmError.StateOf(response), wasSent: true));

    public override async Task<OperationStatus<bool>> GetStatusAsync(bool wasSent, CancellationToken cancellationToken)
    {
        (bool exists, string? state) = await LookAsync(cancellationToken).ConfigureAwait(false);
        return StatusOf(exists, state, wasSent);
    }

    public override RecoveryException EndedWithoutEffect() => new(
        RecoveryErrorId.RestoreFailed, $"{Attempt.NotDone}: Azure accepted the request, but the resource isn't there.",
        $"Run {resource.LookAgain} to see what it is now.");

    private async Task<(bool Exists, string? State)> LookAsync(CancellationToken cancellationToken)
    {
        using JsonDocument? found = await Arm.TryGetAsync(
            resource.Address, ArmJson.Default.JsonDocument, cancellationToken).ConfigureAwait(false);
        return (found is not null, found?.RootElement.Child("properties").Text("provisioningState"));
    }

    private OperationStatus<bool> StatusOf(bool exists, string? state, bool wasSent) =>
        !exists || ProvisioningState.IsDeleting(state) ? new()
        : ProvisioningState.HasFailed(state) && !resource.IsGroup ? throw new RecoveryException(
            RecoveryErrorId.RestoreFailed, $"{resource.Sentence} exists, but its state is {state}.",
            $"Run {resource.LookAgain} to see it.")
        : ProvisioningState.IsUnderWay(state) ? OperationStatus<bool>.UnderWay(wasSent)
        : OperationStatus<bool>.Done(wasSent);
}
