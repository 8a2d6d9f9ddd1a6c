namespace CogRecover.Core.Operations;

/// <summary>An operation that must be carried out once only, and how Azure's state shows what it came to: the response
/// to its request may be lost.</summary>
internal abstract class AccountOperation<T>(ArmRequests arm, Attempt attempt)
{
    /// <summary>The operation is given up after so many lost responses: one of some 3,000 where every fifth response is
    /// lost.</summary>
    public const int MostLost = 5;

    protected ArmRequests Arm => arm;
    public Attempt Attempt => attempt;

    /// <summary>The subscription and the kind of the request: what is refused for one subscription is refused for all
    /// such requests there.</summary>
    public abstract string Scope { get; }

    /// <summary>Checks before a request that the operation still has to be done, to the account that was meant. Where
    /// that can't be seen, the request decides.</summary>
    /// <exception cref="RecoveryException">Another account stands there now, or it can't be done any more.</exception>
    public abstract Task<OperationStatus<T>> VerifyAsync(CancellationToken cancellationToken);

    public abstract Task<Operation> SendAsync(CancellationToken cancellationToken);

    /// <summary>Reads a response to the request, or to a poll of its operation. An earlier one may have been lost.
    /// </summary>
    public abstract Task<OperationStatus<T>> ReadAsync(
        Response response, bool wasLost, CancellationToken cancellationToken);

    /// <summary>Looks at Azure's state to see what the request came to.</summary>
    /// <param name="wasSent">Whether this operation may have been carried out: by a request whose response was lost, or
    /// one that the service accepted.</param>
    /// <exception cref="RequestFailedException">It can't be seen now.</exception>
    /// <exception cref="RecoveryException">It can be seen, and isn't what was wanted.</exception>
    public abstract Task<OperationStatus<T>> GetStatusAsync(bool wasSent, CancellationToken cancellationToken);

    /// <summary>Looks at Azure's state before anything is sent. What can't be seen counts as not started.</summary>
    public async Task<OperationStatus<T>> TryGetStatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await GetStatusAsync(wasSent: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    /// <summary>Looks at Azure's state until it can be seen.</summary>
    /// <param name="unclear">Why the response doesn't tell.</param>
    /// <param name="isAccepted">Whether the service is known to have accepted the request.</param>
    /// <inheritdoc cref="GetStatusAsync"/>
    public async Task<OperationStatus<T>> GetStatusWithRetriesAsync(
        Exception unclear, bool wasSent, bool isAccepted, CancellationToken cancellationToken)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                return await GetStatusAsync(wasSent, cancellationToken).ConfigureAwait(false);
            }
            catch (RecoveryException e) when (e.ErrorId != RecoveryErrorId.InvalidServiceResponse)
            {
                throw Unknown(e, isAccepted);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                if (failures == MostLost || e is RequestFailedException { Status: 401 or 403 })
                    throw attempt.Lost(e is RecoveryException ? e : unclear, isAccepted);
                await arm.Retry.WaitAsync(null, failures, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Explains a refusal, or the failure of what the service had accepted.</summary>
    public virtual Task<RecoveryException> ExplainAsync(Exception failure, CancellationToken cancellationToken) =>
        Task.FromResult(attempt.Explain(failure));

    /// <summary>The failure to find out the outcome, unless the failure is the outcome.</summary>
    public RecoveryException Unknown(RecoveryException failure, bool isAccepted) => failure.ErrorId is
        RecoveryErrorId.AccountAlreadyExists or RecoveryErrorId.PurgeFailed or RecoveryErrorId.RestoreFailed
        ? failure
        : attempt.Lost(failure, isAccepted);

    /// <summary>Whether a refusal may mean that what was wanted is done already.</summary>
    public virtual bool MayBeDone(ArmError refusal) => false;

    /// <summary>The state of the account in a result; null if there is none.</summary>
    public virtual string? StateOf(T? result) => null;

    /// <summary>The result where the service says that the operation failed, and Azure's state shows that it's done.
    /// </summary>
    public virtual T WithFailure(ArmError failure, T result) => result;

    /// <summary>The failure where an operation that was found under way has ended and changed nothing.</summary>
    public virtual RecoveryException EndedWithoutEffect() =>
        throw new NotSupportedException("Nobody follows this operation.");
}

/// <summary>How far an operation has come, and its result or what there is of it so far.</summary>
/// <param name="WaitsFor">What has to end before the operation can start; null for nothing.</param>
internal readonly record struct OperationStatus<T>(OperationStage Stage, T? Result = default, string? WaitsFor = null)
{
    public static OperationStatus<T> Blocked(string waitsFor) => new(OperationStage.NotStarted, WaitsFor: waitsFor);

    public static OperationStatus<T> Done(T result) => new(OperationStage.Done, result);

    public static OperationStatus<T> UnderWay(T? result = default) => new(OperationStage.UnderWay, result);
}

internal enum OperationStage
{
    NotStarted,
    UnderWay,
    Done,
}
