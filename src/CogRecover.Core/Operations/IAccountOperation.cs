using Azure;
using CogRecover.Core.Errors;

namespace CogRecover.Core.Operations;

/// <summary>
/// An operation that may be carried out once only, and how the state of Azure tells what it came to: the answer to its
/// request can be lost.
/// </summary>
/// <typeparam name="T">What it comes to.</typeparam>
internal interface IAccountOperation<T>
{
    /// <summary>Explains what it fails with.</summary>
    ArmFailure Failure { get; }

    /// <summary>
    /// Looks, before the first request, whether what it would do is still to be done, and to what was meant. Where that
    /// can't be seen, it is untouched, and the request decides.
    /// </summary>
    /// <exception cref="RecoveryException">Another stands there now, or it can't be done any more.</exception>
    Task<Finding<T>> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Sends the request.</summary>
    Task<Operation> StartAsync(CancellationToken cancellationToken);

    /// <summary>Reads what an answer to the operation says: the last one, or the first where nobody waits.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="wasLost">Whether an earlier answer was lost.</param>
    Finding<T> Read(Response answer, bool wasLost);

    /// <summary>Whether a refusal may mean that what was wanted is done already.</summary>
    bool MayBeDone(ArmError refusal);

    /// <summary>Looks what the request came to.</summary>
    /// <param name="wasLost">Whether an answer was lost, so that what is done may have been done by it.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="RequestFailedException">It can't be seen now.</exception>
    /// <exception cref="RecoveryException">It can be seen, and isn't what was wanted.</exception>
    Task<Finding<T>> LookAsync(bool wasLost, CancellationToken cancellationToken);
}

/// <summary>How far an operation has come.</summary>
internal enum Stage
{
    /// <summary>It wasn't begun.</summary>
    Untouched,

    /// <summary>It goes on.</summary>
    UnderWay,

    /// <summary>It has ended well.</summary>
    Done,
}

/// <summary>What was found out about an operation.</summary>
/// <param name="Stage">How far it has come.</param>
/// <param name="Outcome">What it came to, or has come to so far.</param>
internal readonly record struct Finding<T>(Stage Stage, T? Outcome = default);
