namespace CogRecover.Core.Operations;

/// <summary>Sends the request of an operation until the service has accepted it. A request whose response was lost is
/// never just sent again: Azure's state has to show first that it wasn't carried out.</summary>
/// <param name="first">Lets the first such request in the subscription go ahead.</param>
internal sealed class OperationStarter<T>(
    ArmRequests arm, AccountOperation<T> operation, FirstRequest first, TimeSpan timeout, IOperationObserver? observer)
{
    private const string OutcomeUnknown = "it doesn't tell what happened to the account";

    private readonly TimeLimit time = new(timeout);
    private readonly RequestTurn turn = new(first);

    // What the check right before the request showed, and whether there was one.
    private OperationStatus<T> verified;
    private bool wasVerified;

    // Whether the request may have left, and there is no response yet.
    private bool isInFlight;

    // Whether the response to a request was lost: it may have been carried out.
    private bool wasLost;

    // The last refusal because the service was busy.
    private RequestFailedException? conflict;

    // What the request waited for when it was last checked, and how often it had to wait.
    private string? waitsFor;
    private int waits;

    /// <summary>Sends the request, unless what it would do is done or under way.</summary>
    /// <exception cref="RecoveryException">It wasn't accepted, or that isn't known.</exception>
    public Task<OperationHandle<T>> StartAsync(CancellationToken cancellationToken) =>
        time.RunAsync(SendAsync, e => TimedOut(e as ThrottledException), cancellationToken);

    private async Task<OperationHandle<T>> SendAsync(CancellationToken limit)
    {
        for (int conflicts = 0, lost = 0; ;)
        {
            try
            {
                using IDisposable observed = ThrottlePolicy.Observe(observer, EnterAsync, CheckAsync);
                Operation started = await turn.SendAsync(
                    () => operation.SendAsync(limit), operation.Attempt).ConfigureAwait(false);
                return Follow(OperationStatus<T>.UnderWay(), started);
            }
            catch (UnsentException) when (verified.WaitsFor is { } reason)
            {
                observer?.Waiting(reason);
                await arm.Polling.WaitAsync(null, ++waits, limit).ConfigureAwait(false);
            }
            catch (UnsentException unsent)
            {
                return unsent.Failure is { } failure
                    ? throw failure
                    : await JoinAsync(limit).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (ArmError.Of(e) is { IsConflict: true } error)
            {
                (conflict, isInFlight) = (e, false);
                observer?.Waiting(error.ToString());
                await arm.Busy.WaitAsync(e.GetRawResponse(), ++conflicts, limit).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (MayBeDone(e))
            {
                OperationStatus<T> found = await GetStatusWithRetriesAsync(e, limit).ConfigureAwait(false);
                if (found.Stage != OperationStage.NotStarted) return Follow(found);
                throw wasLost && operation.MayBeDone(ArmError.Of(e))
                    ? operation.Attempt.Lost(e, isAccepted: false)
                    : await operation.ExplainAsync(e, limit).ConfigureAwait(false);
            }
            catch (Exception e) when (MayBeCarriedOut(e) && !limit.IsCancellationRequested)
            {
                wasLost = true;
                observer?.ResponseLost();
                Response? response = (e as RequestFailedException)?.GetRawResponse();

                // A gateway that timed out may still pass the request on: the last look waits.
                bool isLast = ++lost == AccountOperation<T>.MostLost;
                if (isLast) await arm.Retry.WaitAsync(response, lost, limit).ConfigureAwait(false);
                OperationStatus<T> found = await GetStatusWithRetriesAsync(e, limit).ConfigureAwait(false);
                if (found.Stage != OperationStage.NotStarted) return Follow(found);
                if (isLast) throw operation.Attempt.Explain(e);
                await arm.Retry.WaitAsync(response, lost, limit).ConfigureAwait(false);
            }
            catch (Exception e) when (!limit.IsCancellationRequested)
            {
                throw wasLost ? Explain(e) : await operation.ExplainAsync(e, limit).ConfigureAwait(false);
            }
        }
    }

    private async Task EnterAsync(CancellationToken limit)
    {
        const string otherFirst = "another request in its subscription hasn't been answered yet";
        string? before = waitsFor;
        await turn.EnterAsync(() => observer?.Waiting(waitsFor = otherFirst), limit).ConfigureAwait(false);
        waitsFor = before;
    }

    /// <summary>Checks right before the request is sent, as it may have waited, that it still has to be sent.</summary>
    /// <exception cref="UnsentException">It doesn't, or mustn't be sent.</exception>
    private async Task CheckAsync(CancellationToken limit)
    {
        (isInFlight, verified) = (false, default);
        try
        {
            verified = await operation.VerifyAsync(limit).ConfigureAwait(false);
        }
        catch (RecoveryException e) when (!wasLost)
        {
            string undone = operation.Attempt.NotDone + (wasVerified ? "" : ", and nothing was sent");
            throw new UnsentException(e.WithPrefix(undone));
        }
        catch (Exception e) when (!limit.IsCancellationRequested)
        {
            throw new UnsentException(Explain(e));
        }

        waitsFor = verified.WaitsFor;
        if (verified.Stage != OperationStage.NotStarted || waitsFor is not null)
            throw new UnsentException(null);
        if (turn.Refusal is var (refusal, refused) && !wasVerified)
        {
            // What the check relies on may have been seen some time ago.
            verified = await operation.TryGetStatusAsync(limit).ConfigureAwait(false);
            throw new UnsentException(verified.Stage == OperationStage.NotStarted
                ? operation.Attempt.NotSent(refusal, refused)
                : null);
        }

        wasVerified = isInFlight = true;
    }

    /// <summary>Goes on without a request, as what it would do is done or under way.</summary>
    private async Task<OperationHandle<T>> JoinAsync(CancellationToken limit)
    {
        OperationStatus<T> found = verified;

        // It may have been done by the request whose response was lost.
        if (found.Stage == OperationStage.Done && wasLost)
            found = await GetStatusWithRetriesAsync(ServiceErrors.InvalidResponse(OutcomeUnknown), limit)
                .ConfigureAwait(false);
        return found.Stage != OperationStage.NotStarted
            ? Follow(found)
            : throw operation.Attempt.Lost(ServiceErrors.InvalidResponse(OutcomeUnknown), isAccepted: false);
    }

    private Task<OperationStatus<T>> GetStatusWithRetriesAsync(Exception unclear, CancellationToken limit) =>
        operation.GetStatusWithRetriesAsync(unclear, wasLost, isAccepted: false, limit);

    private OperationHandle<T> Follow(OperationStatus<T> found, Operation? started = null)
    {
        if (found.Stage == OperationStage.UnderWay) observer?.Accepted();
        return new(arm, operation, time, found, started, wasLost, isJustSeen: started is null);
    }

    // The request whose response was lost may still have been carried out.
    private RecoveryException Explain(Exception failure) => wasLost
        ? operation.Attempt.Lost(failure, isAccepted: false)
        : operation.Attempt.Explain(failure);

    /// <summary>Whether the operation may be done although the request was refused: the refusal may mean that, it can't
    /// be read, or an earlier response was lost.</summary>
    private bool MayBeDone(RequestFailedException refusal)
    {
        if (refusal.Status is < 400 or 408 or 429 or >= 500) return false;
        ArmError error = ArmError.Of(refusal);
        if (operation.MayBeDone(error)) return true;
        return error.Code is null ? refusal.Status is not (401 or 403 or 409) : wasLost;
    }

    /// <summary>Whether the request may have been carried out although it failed.</summary>
    private static bool MayBeCarriedOut(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., RecoveryException inner] } => MayBeCarriedOut(inner),
        RecoveryException unreadable => unreadable.ErrorId == RecoveryErrorId.InvalidServiceResponse,
        RequestFailedException { Status: 409 } conflict => ArmError.Of(conflict).Code is null,
        RequestFailedException { Status: > 0 and not 408 and < 500 } refusal =>
            refusal.Status < 300 && !ArmError.Of(refusal).OperationHasFailed,

        // A response that can't be read shows that the request arrived: the library fails with what it couldn't read.
        _ => !ConnectionFailure.WasNeverSent(e),
    };

    private RecoveryException TimedOut(ThrottledException? throttled)
    {
        if (wasLost || (isInFlight && throttled is null))
            return operation.Attempt.TimedOut(timeout, isAccepted: false, state: null);
        if (conflict is not null && throttled is not ({ Notice: not null } or { Refusal: not null }))
            return operation.Attempt.Explain(conflict);
        return throttled is null
            ? operation.Attempt.NotTaken(timeout, wasRefused: wasVerified, waitsFor)
            : ThrottleErrors.NotSent(operation.Attempt, throttled, timeout);
    }
}
