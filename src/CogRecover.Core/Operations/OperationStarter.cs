namespace CogRecover.Core.Operations;

/// <summary>Sends the request of an operation until the service has accepted it. A request whose response was lost is
/// never just sent again: Azure's state has to show first that it wasn't carried out.</summary>
internal sealed class OperationStarter<T>(OperationRun<T> run)
{
    private readonly ArmRequests arm = run.Arm;
    private readonly AccountOperation<T> operation = run.Operation;
    private readonly IOperationObserver? observer = run.Observer;
    private const string Untold = "nothing tells what became of the account";
    private bool wasChecked;

    public async Task<OperationStatus<T>> SendAsync(CancellationToken limit)
    {
        for (int conflicts = 0, lost = 0; ;)
        {
            try
            {
                using IDisposable observed = ThrottlePolicy.Observe(observer, CheckAsync);
                run.Started = await operation.SendAsync(limit).ConfigureAwait(false);
                run.Accept();
                return OperationStatus<T>.UnderWay();
            }
            catch (UnsentException unsent)
            {
                return await JoinAsync(unsent, limit).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (ArmError.Of(e) is { IsConflict: true } error)
            {
                (run.Conflict, run.IsInFlight) = (e, false);
                observer?.Waiting(error.ToString());
                await arm.Busy.WaitAsync(e.GetRawResponse(), ++conflicts, limit).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (MayBeDone(e))
            {
                run.Status = await run.LookAsync(e, waits: false, limit).ConfigureAwait(false);
                if (run.Status.Stage != OperationStage.NotStarted) return run.Status;
                throw run.WasLost && operation.MayBeDone(ArmError.Of(e))
                    ? operation.Attempt.Lost(e, isAccepted: false)
                    : operation.Attempt.Explain(e);
            }
            catch (Exception e) when (RequestFailures.MayBeCarriedOut(e) && !limit.IsCancellationRequested)
            {
                run.WasLost = true;
                observer?.ResponseLost();
                Response? response = (e as RequestFailedException)?.GetRawResponse();

                // A slow gateway may still pass on what it has given up: the last look takes its time.
                bool isLast = ++lost == OperationRun<T>.MostLost;
                if (isLast) await arm.Retry.WaitAsync(response, lost, limit).ConfigureAwait(false);
                run.Status = await run.LookAsync(e, waits: false, limit).ConfigureAwait(false);
                if (run.Status.Stage != OperationStage.NotStarted) return run.Status;
                if (isLast) throw operation.Attempt.Explain(e);
                await arm.Retry.WaitAsync(response, lost, limit).ConfigureAwait(false);
            }
            catch (Exception e) when (!limit.IsCancellationRequested)
            {
                throw Explain(e);
            }
        }
    }

    /// <summary>Checks right before the request is sent, as it may have waited, that it still has to be sent.</summary>
    /// <exception cref="UnsentException">It doesn't, or mustn't be sent.</exception>
    private async Task CheckAsync(CancellationToken limit)
    {
        run.IsInFlight = false;
        try
        {
            run.Status = await operation.VerifyAsync(limit).ConfigureAwait(false);
        }
        catch (RecoveryException e) when (!run.WasLost)
        {
            throw new UnsentException(e.Of(operation.Attempt.Undone + (wasChecked ? "" : ", and nothing was sent")));
        }
        catch (Exception e) when (!limit.IsCancellationRequested)
        {
            throw new UnsentException(Explain(e));
        }

        if (run.Status.Stage != OperationStage.NotStarted) throw new UnsentException(null);
        wasChecked = run.IsInFlight = true;
    }

    // The request whose response was lost may still have been carried out.
    private RecoveryException Explain(Exception failure) => run.WasLost
        ? operation.Attempt.Lost(failure, isAccepted: false)
        : operation.Attempt.Explain(failure);

    /// <summary>Goes on without a request, as what it would do is done or under way.</summary>
    private async Task<OperationStatus<T>> JoinAsync(UnsentException unsent, CancellationToken limit)
    {
        if (unsent.Failure is { } failure) throw failure;

        // It may have been done by the request whose response was lost.
        if (run.Status.Stage == OperationStage.Done && run.WasLost)
            run.Status = await run.LookAsync(ServiceErrors.InvalidResponse(Untold), waits: false, limit)
                .ConfigureAwait(false);
        if (run.Status.Stage == OperationStage.NotStarted)
            throw operation.Attempt.Lost(ServiceErrors.InvalidResponse(Untold), isAccepted: false);
        if (run.Status.Stage == OperationStage.UnderWay) run.Accept();
        return run.Status;
    }

    /// <summary>Whether the operation may be done although the request was refused: the refusal may mean that, it can't
    /// be read, or an earlier response was lost.</summary>
    private bool MayBeDone(RequestFailedException refusal)
    {
        if (refusal.Status is < 400 or 408 or 429 or >= 500) return false;
        ArmError error = ArmError.Of(refusal);
        if (operation.MayBeDone(error)) return true;
        return error.Code is null ? refusal.Status is not (401 or 403 or 409) : run.WasLost;
    }
}
