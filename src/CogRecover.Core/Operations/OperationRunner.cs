using System.Text.Json;
using Azure;
using CogRecover.Core.Arm;
using CogRecover.Core.Arm.Throttling;

namespace CogRecover.Core.Operations;

/// <summary>Runs one long-running operation from the request to its end, within a time limit.</summary>
/// <param name="failure">Explains what it fails with.</param>
/// <param name="timeout">How long to wait for it, conflicts included.</param>
/// <param name="observer">Is told how it goes; null for nobody.</param>
internal sealed class OperationRunner(ArmFailure failure, TimeSpan timeout, IOperationObserver? observer)
{
    /// <param name="start">Sends the request.</param>
    /// <param name="cancellationToken">Stops the wait, not an operation that the service has accepted.</param>
    /// <returns>The operation, which has ended well.</returns>
    /// <exception cref="RecoveryException">It failed, or takes too long.</exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> start, CancellationToken cancellationToken)
        where T : Operation
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        Exception? conflict = null;
        bool isAccepted = false;
        try
        {
            T? operation = null;
            for (int attempt = 1; operation is null; attempt++)
            {
                try
                {
                    // From here on a timeout isn't the conflict's: the request may be accepted.
                    conflict = null;
                    using IDisposable told = ThrottlePolicy.Tell(observer);
                    operation = await start(limit.Token).ConfigureAwait(false);
                }
                catch (RequestFailedException e) when (ArmError.Of(e) is { IsConflict: true } error)
                {
                    conflict = e;
                    observer?.Waiting(error.ToString());
                    await Task.Delay(
                        AskAgainDelay.OfBusyService.GetNextDelay(e.GetRawResponse(), attempt), limit.Token)
                        .ConfigureAwait(false);
                }
            }

            observer?.Accepted();
            isAccepted = true;
            await CompleteAsync(operation, limit.Token).ConfigureAwait(false);
            return operation;
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (e is ThrottledException throttled && !isAccepted) throw failure.Throttled(throttled, timeout);
            throw conflict is null ? failure.TimedOut(timeout) : failure.Explain(conflict);
        }
        catch (RequestFailedException e) when (e.Status is >= 200 and < 300
            && ArmError.Of(e).OperationState is not null)
        {
            // The service says that the operation failed, or was canceled.
            throw failure.Explain(e);
        }
        catch (Exception e)
        {
            // An answer that can't be read was an answer: the library knows of it only by what it fails with.
            bool isAnswered = isAccepted || e is JsonException or FormatException or InvalidOperationException;
            throw isAnswered ? failure.Lost(e) : failure.Explain(e);
        }
    }

    private static async Task CompleteAsync(Operation operation, CancellationToken cancellationToken)
    {
        for (int poll = 1; !operation.HasCompleted; poll++)
        {
            TimeSpan wait = AskAgainDelay.OfOperation.GetNextDelay(operation.GetRawResponse(), poll);
            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            await operation.UpdateStatusAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
