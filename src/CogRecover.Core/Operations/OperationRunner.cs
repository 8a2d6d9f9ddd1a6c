using Azure;
using CogRecover.Core.Arm;
using CogRecover.Core.Errors;
using CogRecover.Core.Http;
using CogRecover.Core.Http.Throttling;

namespace CogRecover.Core.Operations;

/// <summary>
/// Runs one operation from its request to its end, within a time limit. A request whose answer was lost is never just
/// sent again: the state of Azure has to show first that it wasn't carried out.
/// </summary>
/// <param name="arm">Azure Resource Manager.</param>
/// <param name="operation">The operation.</param>
/// <param name="timeout">How long to wait for it, conflicts included.</param>
/// <param name="observer">Is told how it goes; null for nobody.</param>
/// <param name="waits">Whether to wait for its end, once the service has accepted it.</param>
internal sealed class OperationRunner<T>(
    ArmRequests arm, IAccountOperation<T> operation, TimeSpan timeout, IOperationObserver? observer,
    bool waits = true)
{
    // With every fifth answer lost, one of some 3,000 requests is given up.
    private const int MostLost = 5;

    private bool isSent;
    private bool wasLost;
    private bool isAccepted;
    private Exception? conflict;
    private Exception? lastConflict;

    // What the service has accepted: its last answer tells how it goes.
    private Operation? accepted;

    // What the look before the last request showed, and whether that look isn't over.
    private Finding<T> before;
    private bool isLooking;
    private bool wasSent;

    private string? State => accepted is null ? null : ArmError.StateOf(accepted.GetRawResponse());

    /// <param name="cancellationToken">Stops the wait, not an operation that the service has accepted.</param>
    /// <returns>What the operation came to.</returns>
    /// <exception cref="RecoveryException">It failed, takes too long, or what it came to can't be found
    /// out.</exception>
    public async Task<T> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            before = await VerifyAsync(limit.Token).ConfigureAwait(false);
            if (before.Stage == Stage.Done) return before.Outcome!;
            isSent = true;
            return before.Stage == Stage.UnderWay
                ? await JoinAsync(limit.Token).ConfigureAwait(false)
                : await SendAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!isSent) throw operation.Failure.NotSent(timeout);
            if (isAccepted || wasLost) throw operation.Failure.TimedOut(timeout, isAccepted, State);
            if (isLooking && lastConflict is null) throw operation.Failure.NotSent(timeout);
            if (isLooking) throw operation.Failure.Explain(lastConflict!);
            if (e is ThrottledException throttled)
            {
                // Nothing was sent since. Where the service hasn't throttled, the conflict is what it said last.
                throw throttled is { Notice: null, Refusal: null } && lastConflict is not null
                    ? operation.Failure.Explain(lastConflict)
                    : operation.Failure.Throttled(throttled, timeout);
            }

            throw conflict is null
                ? operation.Failure.TimedOut(timeout, isAccepted, State)
                : operation.Failure.Explain(conflict);
        }
    }

    private async Task<Finding<T>> VerifyAsync(CancellationToken limit)
    {
        try
        {
            return await operation.VerifyAsync(limit).ConfigureAwait(false);
        }
        catch (RecoveryException e)
        {
            throw e.Of(operation.Failure.Attempt + (wasSent ? "" : ", and nothing was sent"));
        }
        catch (Exception e) when (!limit.IsCancellationRequested)
        {
            throw operation.Failure.Explain(e);
        }
    }

    /// <summary>Looks again right before a request is sent, which may have waited.</summary>
    /// <exception cref="UnsentException">It isn't to be sent.</exception>
    private async Task CheckAsync(CancellationToken limit)
    {
        isLooking = true;
        try
        {
            before = await VerifyAsync(limit).ConfigureAwait(false);
        }
        catch (RecoveryException e)
        {
            isLooking = false;
            throw new UnsentException(e);
        }

        isLooking = false;
        if (before.Stage != Stage.Untouched) throw new UnsentException(null);
        wasSent = true;
    }

    /// <summary>Waits for what somebody else has begun, without a request of its own.</summary>
    private async Task<T> JoinAsync(CancellationToken limit)
    {
        isAccepted = true;
        observer?.Accepted();
        if (!waits) return before.Outcome!;
        Exception ended = RecoveryErrors.InvalidResponse("the operation that was under way left the account as it was");
        Finding<T> found = await LookAsync(ended, limit).ConfigureAwait(false);
        return IsEnough(found) ? found.Outcome! : throw operation.Failure.Lost(ended, isAccepted);
    }

    private async Task<T> SendAsync(CancellationToken limit)
    {
        for (int conflicts = 0, lost = 0; ;)
        {
            Operation started;
            try
            {
                // From here on a timeout isn't the conflict's: the request may be accepted.
                conflict = null;
                using IDisposable told = ThrottlePolicy.Tell(observer, CheckAsync);
                started = await operation.StartAsync(limit).ConfigureAwait(false);
            }
            catch (Exception e) when (UnsentException.In(e) is { } unsent)
            {
                if (unsent.Failure is { } failure) throw failure;

                // What is done may be the doing of the request whose answer was lost.
                if (before.Stage == Stage.Done && wasLost)
                {
                    Exception unclear = RecoveryErrors.InvalidResponse("nothing tells what became of the account");
                    before = await LookAsync(unclear, limit).ConfigureAwait(false);
                }

                return before.Stage == Stage.Done ? before.Outcome! : await JoinAsync(limit).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (ArmError.Of(e) is { IsConflict: true } error)
            {
                conflict = lastConflict = e;
                observer?.Waiting(error.ToString());
                await arm.Busy.WaitAsync(e.GetRawResponse(), ++conflicts, limit)
                    .ConfigureAwait(false);
                continue;
            }
            catch (RequestFailedException e) when (MayBeDone(e))
            {
                Finding<T> found = await LookAsync(e, limit).ConfigureAwait(false);
                if (IsEnough(found)) return found.Outcome!;
                throw wasLost && operation.MayBeDone(ArmError.Of(e))
                    ? operation.Failure.Lost(e, isAccepted: false)
                    : operation.Failure.Explain(e);
            }
            catch (Exception e) when (MayBeLost(e) && !limit.IsCancellationRequested)
            {
                wasLost = true;
                observer?.AnswerLost();
                Response? answer = (e as RequestFailedException)?.GetRawResponse();

                // A slow gateway may still hand on what it has given up: the last look takes its time.
                bool isLast = ++lost == MostLost;
                if (isLast) await arm.Retry.WaitAsync(answer, lost, limit).ConfigureAwait(false);
                Finding<T> found = await LookAsync(e, limit).ConfigureAwait(false);
                if (IsEnough(found)) return found.Outcome!;
                if (isLast) throw operation.Failure.Explain(e);
                await arm.Retry.WaitAsync(answer, lost, limit).ConfigureAwait(false);
                continue;
            }
            catch (Exception e) when (!limit.IsCancellationRequested)
            {
                throw operation.Failure.Explain(e);
            }

            isAccepted = true;
            observer?.Accepted();
            return await CompleteAsync(started, limit).ConfigureAwait(false);
        }
    }

    private async Task<T> CompleteAsync(Operation started, CancellationToken limit)
    {
        accepted = started;
        Exception unclear;
        try
        {
            if (waits && !started.HasCompleted)
            {
                // The library asks at once, whatever the first answer says.
                await arm.Polling.WaitAsync(started.GetRawResponse(), 1, limit).ConfigureAwait(false);
                await started.WaitForCompletionResponseAsync(arm.Polling, limit).ConfigureAwait(false);
            }

            Finding<T> said = operation.Read(started.GetRawResponse(), wasLost);
            if (IsEnough(said)) return said.Outcome!;
            unclear = RecoveryErrors.InvalidResponse("the operation has ended, and its outcome hasn't come");
        }
        catch (RequestFailedException e) when (IsEnd(e))
        {
            throw operation.Failure.Explain(e);
        }
        catch (RecoveryException e) when (e.ErrorId != RecoveryErrorId.InvalidServiceResponse)
        {
            throw IsFinding(e) ? e : operation.Failure.Lost(e, isAccepted);
        }
        catch (Exception e) when (!limit.IsCancellationRequested)
        {
            unclear = e;
        }

        Finding<T> found = await LookAsync(unclear, limit).ConfigureAwait(false);
        return IsEnough(found) ? found.Outcome! : throw operation.Failure.Lost(unclear, isAccepted);
    }

    /// <summary>Looks at Azure's state until it tells what the request came to.</summary>
    /// <param name="unclear">Why that isn't known.</param>
    /// <param name="limit">Ends it.</param>
    private async Task<Finding<T>> LookAsync(Exception unclear, CancellationToken limit)
    {
        int failures = 0;
        for (int look = 1; ; look++)
        {
            try
            {
                Finding<T> found = await operation.LookAsync(wasLost || isAccepted, limit).ConfigureAwait(false);
                if (found.Stage != Stage.UnderWay || !waits) return found;
                if (!isAccepted) observer?.Accepted();
                isAccepted = true;
                failures = 0;
            }
            catch (RecoveryException e) when (e.ErrorId != RecoveryErrorId.InvalidServiceResponse)
            {
                throw IsFinding(e) ? e : operation.Failure.Lost(e, isAccepted);
            }
            catch (Exception e) when (!limit.IsCancellationRequested)
            {
                bool isFinal = e is RequestFailedException { Status: 401 or 403 };
                if (isFinal || ++failures == MostLost)
                    throw operation.Failure.Lost(e is RecoveryException ? e : unclear, isAccepted);
                await arm.Retry.WaitAsync(null, failures, limit).ConfigureAwait(false);
                continue;
            }

            await arm.Polling.WaitAsync(null, look, limit).ConfigureAwait(false);
        }
    }

    private bool IsEnough(Finding<T> found) =>
        found.Stage == Stage.Done || (found.Stage == Stage.UnderWay && !waits);

    /// <summary>
    /// Whether a refusal leaves open that what was wanted is done: it may mean that, it can't be read, or an earlier
    /// answer was lost.
    /// </summary>
    private bool MayBeDone(RequestFailedException refusal)
    {
        if (refusal.Status is < 400 or 408 or 429 or >= 500) return false;
        ArmError error = ArmError.Of(refusal);
        if (operation.MayBeDone(error)) return true;
        return error.Code is null ? refusal.Status is not (401 or 403 or 409) : wasLost;
    }

    /// <summary>Whether a failure says what the request came to.</summary>
    private static bool IsFinding(RecoveryException failure) => failure.ErrorId is
        RecoveryErrorId.AccountAlreadyExists or RecoveryErrorId.PurgeFailed or RecoveryErrorId.RestoreFailed;

    /// <summary>Whether a request that failed like this may have been carried out.</summary>
    private static bool MayBeLost(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., RecoveryException inner] } => MayBeLost(inner),
        RecoveryException unreadable => unreadable.ErrorId == RecoveryErrorId.InvalidServiceResponse,
        RequestFailedException { Status: 409 } conflict => ArmError.Of(conflict).Code is null,
        RequestFailedException refusal when refusal.Status is > 0 and not 408 and < 500 =>
            refusal.Status < 300 && !IsEnd(refusal),

        // An answer that can't be read was an answer: the library knows of it only by what it fails with.
        _ => !ConnectionFailure.WasNeverSent(e),
    };

    /// <summary>Whether the service says that the operation failed, or was canceled.</summary>
    private static bool IsEnd(RequestFailedException e) =>
        e.Status is >= 200 and < 300 && ArmError.Of(e).OperationHasFailed;
}
