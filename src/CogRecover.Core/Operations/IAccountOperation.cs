namespace CogRecover.Core.Operations;

/// <summary>An operation that must be carried out once only, and how Azure's state shows what it came to: the response
/// to its request may be lost.</summary>
/// <typeparam name="T">What it comes to.</typeparam>
internal interface IAccountOperation<T>
{
    Attempt Attempt { get; }

    /// <summary>Checks before a request that the operation still has to be done, to the account that was meant. Where
    /// that can't be seen, the request decides.</summary>
    /// <exception cref="RecoveryException">Another account stands there now, or it can't be done any more.</exception>
    Task<OperationStatus<T>> VerifyAsync(CancellationToken cancellationToken);

    Task<Operation> SendAsync(CancellationToken cancellationToken);

    /// <summary>Reads a response to the request, or to a poll of its operation.</summary>
    /// <param name="response">The response.</param>
    /// <param name="wasLost">Whether an earlier response was lost.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<OperationStatus<T>> ReadAsync(Response response, bool wasLost, CancellationToken cancellationToken);

    /// <summary>Whether a refusal may mean that what was wanted is done already.</summary>
    bool MayBeDone(ArmError refusal);

    /// <summary>Looks at Azure's state to see what the request came to.</summary>
    /// <param name="wasSent">Whether this operation may have been carried out: by a request whose response was lost, or
    /// one that the service accepted.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="RequestFailedException">It can't be seen now.</exception>
    /// <exception cref="RecoveryException">It can be seen, and isn't what was wanted.</exception>
    Task<OperationStatus<T>> LookAsync(bool wasSent, CancellationToken cancellationToken);

    /// <summary>The state of the account in a result; null if there is none.</summary>
    string? StateOf(T? result);

    /// <summary>The result where the service says that the operation failed, and Azure's state shows that it's done.
    /// </summary>
    T Despite(ArmError failure, T result);

    /// <summary>The failure where an operation that was found under way has ended and changed nothing.</summary>
    RecoveryException HasFailed();
}

/// <summary>How far an operation has come.</summary>
internal enum OperationStage
{
    NotStarted,
    UnderWay,
    Done,
}

/// <summary>How far an operation has come, and its result or what there is of it so far.</summary>
internal readonly record struct OperationStatus<T>(OperationStage Stage, T? Result = default)
{
    public static OperationStatus<T> Done(T result) => new(OperationStage.Done, result);

    public static OperationStatus<T> UnderWay(T? result = default) => new(OperationStage.UnderWay, result);
}
