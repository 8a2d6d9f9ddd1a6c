namespace CogRecover.Core.Operations;

/// <summary>The state of one operation, from its request to its end, and the time that is left for it.</summary>
internal sealed class OperationRun<T>(
    ArmRequests arm, AccountOperation<T> operation, TimeSpan timeout, IOperationObserver? observer)
{
    // With every fifth response lost, one of some 3,000 requests is given up.
    public const int MostLost = 5;

    private readonly DateTime deadline = DateTime.UtcNow + timeout;

    public ArmRequests Arm => arm;
    public AccountOperation<T> Operation => operation;
    public IOperationObserver? Observer => observer;
    public OperationStatus<T> Status { get; set; }

    /// <summary>The operation that the service has accepted; null if it was found under way.</summary>
    public Operation? Started { get; set; }

    /// <summary>The last refusal because the service was busy; null if there was none.</summary>
    public RequestFailedException? Conflict { get; set; }

    /// <summary>Whether the request may have left, and there is no response yet.</summary>
    public bool IsInFlight { get; set; }

    /// <summary>Whether the response to a request was lost: it may have been carried out.</summary>
    public bool WasLost { get; set; }

    public bool IsAccepted { get; private set; }

    /// <summary>Whether the operation was seen under way just now, so that a look at once shows nothing new.</summary>
    public bool IsJustSeen { get; set; }

    public void Accept()
    {
        if (!IsAccepted) observer?.Accepted();
        IsAccepted = true;
    }

    /// <summary>Runs a part of the work in the time that is left.</summary>
    public Task<TResult> WithinAsync<TResult>(
        Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken) => TimeLimit.RunAsync(
        deadline - DateTime.UtcNow, work, e => TimedOut(e as ThrottledException), cancellationToken);

    /// <summary>Looks at Azure's state until it shows what the request came to.</summary>
    /// <param name="waits">Whether to look again while the operation is under way.</param>
    public async Task<OperationStatus<T>> LookAsync(Exception unclear, bool waits, CancellationToken limit)
    {
        for (int look = 1, failures = 0; ; look++)
        {
            try
            {
                OperationStatus<T> found = await operation.LookAsync(WasLost || IsAccepted, limit)
                    .ConfigureAwait(false);
                IsJustSeen = found.Stage == OperationStage.UnderWay;
                if (IsJustSeen) Accept();
                Status = found;
                if (found.Stage != OperationStage.UnderWay || !waits) return found;
                failures = 0;
            }
            catch (RecoveryException e) when (e.ErrorId != RecoveryErrorId.InvalidServiceResponse)
            {
                throw RequestFailures.IsOutcome(e) ? e : operation.Attempt.Lost(e, IsAccepted);
            }
            catch (Exception e) when (!limit.IsCancellationRequested)
            {
                bool isFinal = e is RequestFailedException { Status: 401 or 403 };
                if (isFinal || ++failures == MostLost)
                    throw operation.Attempt.Lost(e is RecoveryException ? e : unclear, IsAccepted);
                await arm.Retry.WaitAsync(null, failures, limit).ConfigureAwait(false);
                continue;
            }

            await arm.Polling.WaitAsync(null, look, limit).ConfigureAwait(false);
        }
    }

    private RecoveryException TimedOut(ThrottledException? throttled)
    {
        if (IsAccepted || WasLost || (IsInFlight && throttled is null))
            return operation.Attempt.TimedOut(
                timeout, IsAccepted,
                Started is null ? operation.StateOf(Status.Result) : ArmError.StateOf(Started.GetRawResponse()));
        if (throttled is { Notice: not null } or { Refusal: not null })
            return ThrottleErrors.NotSent(operation.Attempt, throttled, timeout);
        if (Conflict is not null) return operation.Attempt.Explain(Conflict);
        return throttled is null
            ? operation.Attempt.NotSent(timeout)
            : ThrottleErrors.NotSent(operation.Attempt, throttled, timeout);
    }
}
