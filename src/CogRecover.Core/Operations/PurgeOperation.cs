namespace CogRecover.Core.Operations;

/// <summary>The purge of a soft-deleted account.</summary>
/// <param name="unawaited">Where the operations can be polled that nobody has waited for.</param>
internal sealed class PurgeOperation(
    ArmRequests arm, AccountStore store, AccountVerifier verifier, UnawaitedPurges unawaited,
    DeletedCognitiveAccount account)
    : AccountOperation<PurgeOutcome>(arm, new PurgeAttempt(account))
{
    private readonly AccountReference reference = AccountReference.Of(account);

    public override string Scope => $"{reference.SubscriptionId} purge";

    private OperationStatus<PurgeOutcome> UnderWay =>
        OperationStatus<PurgeOutcome>.UnderWay(new(account.WithState(ProvisioningState.Deleting), Existed: true));

    public override async Task<OperationStatus<PurgeOutcome>> VerifyAsync(CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? current = await verifier.VerifyForPurgeAsync(account, cancellationToken)
            .ConfigureAwait(false);
        return current is null ? Done(wasThere: false) : StateOf(current);
    }

    public override async Task<Operation> SendAsync(CancellationToken cancellationToken)
    {
        unawaited.Forget(account);
        return await Arm.Client.GetGenericResource(AccountId.Deleted(reference))
            .DeleteAsync(WaitUntil.Started, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<OperationStatus<PurgeOutcome>> ReadAsync(
        Response response, bool wasLost, CancellationToken cancellationToken)
    {
        switch (response.Status)
        {
            case 202:
                unawaited.Note(account, Address(response, "azure-asyncoperation") ?? Address(response, "Location"));
                return UnderWay;

            // After a lost response this may be the purge's doing, or a restore's.
            case 204 when wasLost:
                return await GetStatusAsync(wasSent: true, cancellationToken).ConfigureAwait(false);
            case 204:
                await RequireGoneAsync(cancellationToken).ConfigureAwait(false);
                return Done(wasThere: false);
            default:
                return Done(wasThere: true);
        }
    }

    // The service may respond so to the purge of what is gone, and a proxy to anything.
    public override bool MayBeDone(ArmError refusal) => refusal.Status == 404;

    public override async Task<OperationStatus<PurgeOutcome>> GetStatusAsync(
        bool wasSent, CancellationToken cancellationToken)
    {
        if (unawaited.Find(account) is { } operation
            && await IsUnderWayAsync(operation, cancellationToken).ConfigureAwait(false))
            return UnderWay;
        DeletedCognitiveAccount? deleted = await store.GetAsync(reference, cancellationToken).ConfigureAwait(false);
        if (deleted is not null)
            return AccountMatches.Compare(account, deleted) switch
            {
                AccountMatch.Same => StateOf(deleted),
                AccountMatch.Another => Done(wasSent),
                AccountMatch.DeletedAgain => throw PurgeErrors.DeletedAgain(account),
                _ => throw LookupErrors.IdentityUnknown("is soft-deleted"),
            };

        // It was purged, or restored.
        CognitiveAccount? live = await store.GetLiveAsync(reference, cancellationToken).ConfigureAwait(false);
        if (live is null) return Done(wasSent);
        return AccountMatches.Compare(account, live) switch
        {
            AccountMatch.Same => throw PurgeErrors.RestoredMeanwhile(account),
            AccountMatch.Another => Done(wasSent),
            _ => throw LookupErrors.IdentityUnknown("is live"),
        };
    }

    public override string? StateOf(PurgeOutcome? result) => result?.Account.ProvisioningState;

    public override RecoveryException EndedWithoutEffect() => PurgeErrors.NoLongerUnderWay(account);

    private OperationStatus<PurgeOutcome> StateOf(DeletedCognitiveAccount current) =>
        ProvisioningState.IsDeleting(current.ProvisioningState) ? UnderWay : new();

    private OperationStatus<PurgeOutcome> Done(bool wasThere) =>
        OperationStatus<PurgeOutcome>.Done(new(account, wasThere));

    private async Task RequireGoneAsync(CancellationToken cancellationToken)
    {
        DeletedCognitiveAccount? found;
        try
        {
            found = await store.GetAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            // A caller who may only purge has to rely on the service's word.
            return;
        }

        if (found is not null && !ProvisioningState.IsDeleting(found.ProvisioningState)
            && AccountMatches.Compare(account, found) != AccountMatch.Another)
            throw PurgeErrors.StillDeleted(account);
    }

    /// <summary>Polls an operation that an earlier command has started and not waited for.</summary>
    /// <returns>False if it succeeded or the service has forgotten it. The account itself shows the outcome
    /// then.</returns>
    /// <exception cref="RecoveryException">It has failed.</exception>
    private async Task<bool> IsUnderWayAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            JsonElement operation = await Arm.GetAsync(address, ArmJson.Default.JsonElement, cancellationToken)
                .ConfigureAwait(false);
            string? state = operation.Text("status");
            if (ProvisioningState.IsUnderWay(state)) return true;
            unawaited.Forget(account);
            return ProvisioningState.HasFailed(state) ? throw PurgeErrors.PurgeEnded(account, state!) : false;
        }
        catch (RequestFailedException e) when (e.Status == 202)
        {
            return true;
        }
        catch (Exception e) when (e is JsonException or RequestFailedException { Status: > 0 and < 500 })
        {
            return false;
        }
    }

    private static Uri? Address(Response response, string header) =>
        response.Headers.TryGetValue(header, out string? text)
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            ? address
            : null;
}
