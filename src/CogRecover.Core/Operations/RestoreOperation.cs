namespace CogRecover.Core.Operations;

/// <summary>The restore of a soft-deleted account.</summary>
/// <param name="reference">The account, with its group and location.</param>
/// <param name="account">The account as it was deleted; null where another command has begun the restore.</param>
/// <param name="isWanted">Whether the caller restores another account too; null for none.</param>
internal sealed class RestoreOperation(
    ArmRequests arm, AccountStore store, AccountVerifier verifier, HolderSearch holders, AccountReference reference,
    DeletedCognitiveAccount? account, Func<DeletedCognitiveAccount, bool>? isWanted = null)
    : AccountOperation<RestoreOutcome>(
        arm, new RestoreAttempt(reference, account?.ScheduledPurgeDate, account?.CustomSubDomainName))
{
    public override string Scope => $"{reference.SubscriptionId} restore";

    public override async Task<OperationStatus<RestoreOutcome>> VerifyAsync(CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? current = await verifier.VerifyAsync(account!, cancellationToken)
            .ConfigureAwait(false);
        if (current is not null)
            return ProvisioningState.IsDeleting(current.ProvisioningState)
                ? throw RestoreErrors.BeingPurged(account!)
                : new();
        CognitiveAccount? live;
        try
        {
            live = await store.GetLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The service refuses a restore where nothing is deleted. Then what lives is looked at again.
            return new();
        }

        return live is null ? throw RestoreErrors.NoLongerDeleted(account!) : StatusOf(live, isOurs: false);
    }

    public override async Task<Operation> SendAsync(CancellationToken cancellationToken) =>
        await Arm.Client.GetGenericResources().CreateOrUpdateAsync(
            WaitUntil.Started, AccountId.Live(reference),
            new GenericResourceData(new AzureLocation(reference.Location!))
            {
                Properties = BinaryData.FromString("""{"restore":true}"""),
            },
            cancellationToken).ConfigureAwait(false);

    public override Task<OperationStatus<RestoreOutcome>> ReadAsync(
        Response response, bool wasLost, CancellationToken cancellationToken)
    {
        AccountJson? body = JsonSerializer.Deserialize(response.Content, AccountJsonContext.Default.AccountJson);
        return Task.FromResult(StatusOf(AccountReader.ReadLive(body ?? new()), isOurs: true));
    }

    public override bool MayBeDone(ArmError refusal) => refusal.Code == ArmCode.NothingToRestore;

    public override async Task<OperationStatus<RestoreOutcome>> GetStatusAsync(
        bool wasSent, CancellationToken cancellationToken)
    {
        CognitiveAccount? live = await store.GetLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        if (live is not null) return StatusOf(live, wasSent);

        // Another account of the name may have been deleted by now, and would be restored in its place.
        DeletedCognitiveAccount? deleted = await store.GetAsync(reference, cancellationToken).ConfigureAwait(false);
        if (deleted is not null && account is not null) AccountMatches.RequireSame(account, deleted);
        return new();
    }

    public override async Task<RecoveryException> ExplainAsync(Exception failure, CancellationToken cancellationToken)
    {
        RecoveryException refusal = Attempt.Explain(failure);
        return account is null
            ? refusal
            : await holders.AddHoldersAsync(refusal, account, isWanted, cancellationToken).ConfigureAwait(false);
    }

    public override string? StateOf(RestoreOutcome? result) => result?.Account.ProvisioningState;

    public override RestoreOutcome WithFailure(ArmError failure, RestoreOutcome result) =>
        result with { Failure = failure.ToString() };

    public override RecoveryException EndedWithoutEffect() => RestoreErrors.RestoreUndone(reference);

    /// <summary>How far the restore has come that another command began.</summary>
    public OperationStatus<RestoreOutcome> StatusOf(CognitiveAccount live) =>
        StatusOf(live, isOurs: ProvisioningState.IsUnderWay(live.ProvisioningState));

    private OperationStatus<RestoreOutcome> StatusOf(CognitiveAccount live, bool isOurs)
    {
        if (account is not null && AccountMatches.Compare(account, live) == AccountMatch.Another)
            throw RestoreErrors.AlreadyExists(reference);
        if (ProvisioningState.HasFailed(live.ProvisioningState))
            throw RestoreErrors.EndedBadly(reference, live.ProvisioningState!);
        var result = new RestoreOutcome(live, WasLiveAlready: !isOurs);
        return ProvisioningState.HasSucceeded(live.ProvisioningState)
            ? OperationStatus<RestoreOutcome>.Done(result)
            : OperationStatus<RestoreOutcome>.UnderWay(result);
    }
}
