namespace CogRecover.Core.Operations;

/// <summary>An operation at Azure Resource Manager that was started, or was found under way. The caller may wait for
/// its end: start and wait together take no longer than the timeout.</summary>
/// <typeparam name="T">What the operation comes to.</typeparam>
internal sealed class OperationHandle<T>
{
    private readonly OperationRun<T> run;
    private readonly ArmRequests arm;
    private readonly AccountOperation<T> operation;

    private OperationHandle(OperationRun<T> run) => (this.run, arm, operation) = (run, run.Arm, run.Operation);

    /// <summary>Whether the operation is known to have ended.</summary>
    public bool HasEnded => run.Status.Stage == OperationStage.Done;

    /// <summary>Gets the result, or what there is of it so far, without waiting for the operation's end.</summary>
    /// <inheritdoc cref="WaitAsync"/>
    public Task<T> PeekAsync(CancellationToken cancellationToken = default) =>
        run.WithinAsync(limit => CompleteAsync(waits: false, limit), cancellationToken);

    /// <summary>Waits for the operation's end.</summary>
    /// <param name="cancellationToken">Stops the wait. The operation goes on at the service.</param>
    /// <exception cref="RecoveryException">It failed, takes longer than the timeout, or what it came to can't be found
    /// out.</exception>
    public Task<T> WaitAsync(CancellationToken cancellationToken = default) =>
        run.WithinAsync(limit => CompleteAsync(waits: true, limit), cancellationToken);

    /// <summary>Sends the request, unless what it would do is done or under way.</summary>
    public static async Task<OperationHandle<T>> StartAsync(OperationRun<T> run, CancellationToken cancellationToken)
    {
        run.Status = await run.WithinAsync(new OperationStarter<T>(run).SendAsync, cancellationToken)
            .ConfigureAwait(false);
        return new(run);
    }

    /// <summary>Follows an operation that was found under way, or has ended, without a request of its own.</summary>
    public static OperationHandle<T> Follow(OperationRun<T> run, OperationStatus<T> found, bool isJustSeen)
    {
        run.IsJustSeen = isJustSeen;
        if (found.Stage == OperationStage.UnderWay) run.Accept();
        run.Status = found;
        return new(run);
    }

    private async Task<T> CompleteAsync(bool waits, CancellationToken limit)
    {
        if (run.Status.Stage == OperationStage.Done || (run.Started is null && !waits)) return run.Status.Result!;
        Exception unclear = ServiceErrors.InvalidResponse("the operation has ended, and its outcome hasn't come");
        if (run.Started is not null)
        {
            try
            {
                if (waits) await PollAsync(run.Started, limit).ConfigureAwait(false);
                run.Status = await operation.ReadAsync(run.Started.GetRawResponse(), run.WasLost, limit)
                    .ConfigureAwait(false);
                if (run.Status.Stage == OperationStage.Done || (run.Status.Stage == OperationStage.UnderWay && !waits))
                    return run.Status.Result!;
            }
            catch (RequestFailedException e) when (RequestFailures.HasOperationFailed(e))
            {
                return await LookAfterFailureAsync(e, limit).ConfigureAwait(false);
            }
            catch (RecoveryException e) when (e.ErrorId != RecoveryErrorId.InvalidServiceResponse)
            {
                throw RequestFailures.IsOutcome(e) ? e : operation.Attempt.Lost(e, run.IsAccepted);
            }
            catch (Exception e) when (!limit.IsCancellationRequested)
            {
                unclear = e;
            }
        }

        if (run.IsJustSeen) await arm.Polling.WaitAsync(null, 1, limit).ConfigureAwait(false);
        run.Status = await run.LookAsync(unclear, waits, limit).ConfigureAwait(false);
        if (run.Status.Stage != OperationStage.NotStarted) return run.Status.Result!;
        throw run.Started is null ? operation.EndedWithoutEffect() : operation.Attempt.Lost(unclear, run.IsAccepted);
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

    /// <summary>Looks at the account once where the service says that the operation failed: what it is now counts
    /// more.</summary>
    private async Task<T> LookAfterFailureAsync(RequestFailedException failure, CancellationToken limit)
    {
        try
        {
            run.Status = await operation.LookAsync(wasSent: true, limit).ConfigureAwait(false);
        }
        catch (Exception) when (!limit.IsCancellationRequested)
        {
            throw operation.Attempt.Explain(failure);
        }

        return run.Status.Stage == OperationStage.Done
            ? operation.Despite(ArmError.Of(failure), run.Status.Result!)
            : throw operation.Attempt.Explain(failure);
    }
}
