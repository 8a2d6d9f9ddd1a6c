namespace CogRecover.Core.Operations;

/// <summary>An operation that Azure Resource Manager has accepted, or one that was found under way or done. The caller
/// may wait for its end: start and wait together take no longer than the timeout.</summary>
/// <typeparam name="T">What the operation comes to.</typeparam>
/// <param name="found">How far the operation has come: under way, or done.</param>
/// <param name="started">What the service returned for the request; null if it was found under way.</param>
/// <param name="wasLost">Whether the response to an earlier request was lost.</param>
/// <param name="isJustSeen">Whether it was seen under way just now, so that a look at once shows nothing new.</param>
internal sealed class OperationHandle<T>(
    ArmRequests arm, AccountOperation<T> operation, TimeLimit time, OperationStatus<T> found, Operation? started = null,
    bool wasLost = false, bool isJustSeen = false)
{
    private OperationStatus<T> status = found;

    /// <summary>Whether the operation is known to have ended.</summary>
    public bool HasEnded => status.Stage == OperationStage.Done;

    /// <summary>Gets the result, or what there is of it so far, without waiting for the operation's end.</summary>
    /// <inheritdoc cref="WaitAsync"/>
    public Task<T> PeekAsync(CancellationToken cancellationToken = default) =>
        time.RunAsync(limit => CompleteAsync(waits: false, limit), TimedOut, cancellationToken);

    /// <summary>Waits for the operation's end.</summary>
    /// <param name="cancellationToken">Stops the wait. The operation goes on at the service.</param>
    /// <exception cref="RecoveryException">It failed, takes longer than the timeout, or what it came to can't be found
    /// out.</exception>
    public Task<T> WaitAsync(CancellationToken cancellationToken = default) =>
        time.RunAsync(limit => CompleteAsync(waits: true, limit), TimedOut, cancellationToken);

    private async Task<T> CompleteAsync(bool waits, CancellationToken limit)
    {
        if (HasEnded || (started is null && !waits)) return status.Result!;
        Exception unclear = ServiceErrors.InvalidResponse("the operation has ended, but it doesn't tell its outcome");
        if (started is not null)
        {
            try
            {
                if (waits) await PollAsync(started, limit).ConfigureAwait(false);
                status = await operation.ReadAsync(started.GetRawResponse(), wasLost, limit).ConfigureAwait(false);
                if (HasEnded || (status.Stage == OperationStage.UnderWay && !waits)) return status.Result!;
            }
            catch (RequestFailedException e) when (ArmError.Of(e).OperationHasFailed)
            {
                return await LookAfterFailureAsync(e, limit).ConfigureAwait(false);
            }
            catch (RecoveryException e) when (e.ErrorId != RecoveryErrorId.InvalidServiceResponse)
            {
                throw operation.Unknown(e, isAccepted: true);
            }
            catch (Exception e) when (!limit.IsCancellationRequested)
            {
                unclear = e;
            }
        }

        if (isJustSeen) await arm.Polling.WaitAsync(null, 1, limit).ConfigureAwait(false);
        for (int look = 1; ; look++)
        {
            status = await operation.GetStatusWithRetriesAsync(unclear, wasSent: true, isAccepted: true, limit)
                .ConfigureAwait(false);
            if (HasEnded || (status.Stage == OperationStage.UnderWay && !waits)) return status.Result!;
            if (status.Stage == OperationStage.NotStarted)
                throw started is null
                    ? operation.EndedWithoutEffect()
                    : operation.Attempt.Lost(unclear, isAccepted: true);
            await arm.Polling.WaitAsync(null, look, limit).ConfigureAwait(false);
        }
    }

    private async Task PollAsync(Operation started, CancellationToken limit)
    {
        for (int poll = 1; !started.HasCompleted; poll++)
        {
            await arm.Polling.WaitAsync(started.GetRawResponse(), poll, limit).ConfigureAwait(false);
            Response response = await started.UpdateStatusAsync(limit).ConfigureAwait(false);

            // The library knows one spelling of Canceled.
            if (!started.HasCompleted && ProvisioningState.HasFailed(ArmError.StateOf(response)))
                throw new RequestFailedException(response);
        }
    }

    /// <summary>Looks at the account once where the service says that the operation failed: its current state takes
    /// precedence.</summary>
    private async Task<T> LookAfterFailureAsync(RequestFailedException failure, CancellationToken limit)
    {
        try
        {
            status = await operation.GetStatusAsync(wasSent: true, limit).ConfigureAwait(false);
        }
        catch (Exception) when (!limit.IsCancellationRequested)
        {
            throw await operation.ExplainAsync(failure, limit).ConfigureAwait(false);
        }

        return HasEnded
            ? operation.WithFailure(ArmError.Of(failure), status.Result!)
            : throw await operation.ExplainAsync(failure, limit).ConfigureAwait(false);
    }

    private RecoveryException TimedOut(Exception e) => operation.Attempt.TimedOut(
        time.Time, isAccepted: true,
        started is null ? operation.StateOf(status.Result) : ArmError.StateOf(started.GetRawResponse()));
}
